import type { RealTimeService } from '../services/realtime-service.js';

const mostEntries = 500;

/** What kinds of lines there are. */
export type LogEntryKind = 'message' | 'connection' | 'gap';

/** One thing that happened. */
export interface LogEntry {
  readonly id: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly kind: LogEntryKind;
  /** A message's type, or what else it is about. */
  readonly title: string;
  readonly value: unknown;
}

/** What a service was told, the newest of it, while somebody looks. */
export class MessageLog {
  private kept: readonly LogEntry[] = [];
  private lastId = 0;
  private frame: number | null = null;
  private fresh: LogEntry[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Listens to `service` until the function it returns is called; not to `error`, because an error of which nobody is told
   * shows as uncaught, and that is the application's to decide.
   */
  follow(service: RealTimeService): () => void {
    const stops = [
      service.on('message', (message) => {
        this.add('message', message.type, message);
      }),
      service.on('connectionChange', (isConnected) => {
        this.add('connection', isConnected ? 'connected' : 'not connected', {
          state: service.getConnectionState(),
        });
      }),
      service.on('gap', (gap) => {
        this.add('gap', gap.recovered ? 'recovered' : 'lost', gap);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  clear(): void {
    this.fresh = [];
    this.kept = [];
    this.tell();
  }

  /** Newest first; the same array until something changed. */
  entries = (): readonly LogEntry[] => this.kept;

  /** Tells of changes at most once a frame. */
  watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  private add(kind: LogEntryKind, title: string, value: unknown): void {
    this.fresh.push({ id: ++this.lastId, at: this.now(), kind, title, value });
    if (this.fresh.length > mostEntries) this.fresh.shift();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.kept = [...this.fresh.reverse(), ...this.kept].slice(0, mostEntries);
      this.fresh = [];
      this.tell();
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
