import type { Readable } from '../services/readable.js';
import type { Holds } from './holds.js';

interface Read {
  readonly readable: Readable;
  /** As of the first time it was read. */
  readonly version: unknown;
  unwatch: (() => void) | null;
}

/**
 * Remembers what was read, and at which version. Watches it while a component is mounted and never before, so that a
 * render React throws away leaves nothing behind; what changed meanwhile shows in `isStale`.
 */
export class ReadTracker {
  private readonly reads = new Map<string, Read>();

  constructor(
    private readonly onChange: () => void,
    private readonly holds: Holds,
    private watching: boolean,
  ) {}

  /** To be called before reading. The same `key` is the same readable for all trackers of a view. */
  note(key: string, readable: () => Readable): void {
    if (this.reads.has(key)) return;
    const source = readable();
    const unwatch = this.watching ? source.watch(this.onChange) : null;
    this.reads.set(key, { readable: source, version: source.version(), unwatch });
    const { hold } = source;
    if (hold !== undefined) this.holds.want(key, hold);
  }

  has(key: string): boolean {
    return this.reads.has(key);
  }

  /** Something that was read is not what it was. */
  isStale(): boolean {
    for (const { readable, version } of this.reads.values()) {
      if (!Object.is(readable.version(), version)) return true;
    }
    return false;
  }

  startWatching(): void {
    this.watching = true;
    for (const read of this.reads.values()) read.unwatch ??= read.readable.watch(this.onChange);
  }

  stopWatching(): void {
    this.watching = false;
    for (const read of this.reads.values()) {
      read.unwatch?.();
      read.unwatch = null;
    }
  }
}
