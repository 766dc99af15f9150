/** Told of an exception that a listener threw. */
export type ListenerErrorHandler = (error: unknown) => void;

interface Watcher {
  readonly listener: () => void;
  /** The round of notifications that was current when it came; it joins with the next. */
  readonly since: number;
}

/** Listeners of one thing. Adding and removing is safe at any time, also from a listener. */
export class Watchers {
  private readonly watchers = new Set<Watcher>();

  get isEmpty(): boolean {
    return this.watchers.size === 0;
  }

  /** Returns the function that takes it away again; calling that twice does no harm. */
  add(listener: () => void, round: NotificationRound): () => void {
    const watcher = { listener, since: round.number };
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  }

  /** For `NotificationRound`: calls `visit` for every listener that was there when the round began. */
  visit(round: number, visit: (listener: () => void) => void): void {
    for (const watcher of this.watchers) {
      if (watcher.since < round) visit(watcher.listener);
    }
  }
}

/** One round per bundle: every listener is called at most once in it, however many of its things changed. */
export class NotificationRound {
  number = 0;

  constructor(private readonly onListenerError: ListenerErrorHandler) {}

  run(changed: readonly Watchers[]): void {
    const round = ++this.number;
    const called = new Set<() => void>();
    for (const watchers of changed) {
      if (watchers.isEmpty) continue;
      watchers.visit(round, (listener) => {
        if (called.has(listener)) return;
        called.add(listener);
        try {
          listener();
        } catch (error) {
          this.onListenerError(error);
        }
      });
    }
  }
}
