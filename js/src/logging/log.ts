import type { ConnectionSnapshot } from '../engine/client.js';
import { reportUncaught } from '../events/delivery-queue.js';
import type { Gap, RealTimeConfig } from '../types.js';
import type { LogWriter } from './log-writer.js';

/** Something that may be worth a line. */
export type LogEntry =
  | {
      readonly about: 'connection';
      readonly now: ConnectionSnapshot;
      readonly before: ConnectionSnapshot;
    }
  | { readonly about: 'error'; readonly error: unknown }
  | { readonly about: 'gap'; readonly gap: Gap }
  | { readonly about: 'message'; readonly message: unknown; readonly error: unknown }
  | { readonly about: 'token' }
  | { readonly about: 'engine'; readonly note: string };

/**
 * Takes what happens, in order. What makes lines of it is loaded on its own, so that a page that logs nothing has none
 * of it; until it is there, entries wait.
 */
export class Log {
  private writer: LogWriter | null = null;
  private waiting: LogEntry[] = [];

  /** `redact` takes secrets out of a text. */
  constructor(config: RealTimeConfig, redact: (text: string) => string) {
    import('./log-writer.js').then(({ LogWriter }) => {
      this.writer = new LogWriter(config, redact);
      for (const entry of this.waiting) this.writer.write(entry);
      this.waiting = [];
    }, reportUncaught);
  }

  write(entry: LogEntry): void {
    if (this.writer === null) this.waiting.push(entry);
    else this.writer.write(entry);
  }
}
