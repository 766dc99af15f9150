import type { ConnectionSnapshot } from '../engine/client.js';
import { EngineError } from '../engine/engine-error.js';
import type { ConnectionState } from '../types.js';

const initial: ConnectionSnapshot = Object.freeze({
  state: 'disconnected',
  previousState: 'disconnected',
  quality: 'disconnected',
  attempt: 0,
});

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The connection as callers see it: what they asked for holds at once, what the engine reports replaces it. Reports
 * that were under way when the caller changed his mind do not show.
 */
export class ConnectionTracker {
  private snapshot = initial;
  private wanted = false;
  /** The engine has reported an attempt since the connection was last asked for. */
  private attempted = false;
  private readonly watchers = new Set<() => void>();
  private waiters: Waiter[] = [];

  constructor(
    private readonly onChange: (now: ConnectionSnapshot, before: ConnectionSnapshot) => void,
  ) {}

  get current(): ConnectionSnapshot {
    return this.snapshot;
  }

  /** There is a connection, or the first attempt is being made. */
  get isUnderWay(): boolean {
    const { state } = this.snapshot;
    return this.wanted && (state === 'connected' || state === 'connecting');
  }

  watch(listener: () => void): () => void {
    // A listener of its own for every call, so that the same function may watch twice.
    const watcher = () => {
      listener();
    };
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  }

  /** The caller wants a connection. */
  begin(): void {
    this.wanted = true;
    this.attempted = false;
    if (this.snapshot.state === 'disconnected' || this.snapshot.state === 'failed') {
      this.change('connecting');
    }
  }

  /** The caller wants none. */
  end(): void {
    this.wanted = false;
    this.change('disconnected');
    this.settle(null);
  }

  /** There can be no connection; the engine has no part in it. */
  fail(error: EngineError): void {
    if (!this.wanted) return;
    this.wanted = false;
    this.change('failed', { code: error.code, message: error.message });
    this.settle(error);
  }

  /** What the engine reports. */
  apply(report: ConnectionSnapshot): void {
    const { state } = report;
    const over = state === 'disconnected' || state === 'failed' || state === 'closed';
    if (!this.wanted && !over) return;
    if (this.wanted && !over) this.attempted = true;
    if (this.wanted && over && !this.attempted) return;
    this.set(report);
    if (state === 'connecting') return;
    if (state === 'failed') {
      const { code, message } = report.error ?? {
        code: 'connection-lost',
        message: 'No connection.',
      };
      this.settle(new EngineError(code, message));
    } else {
      this.settle(null);
    }
  }

  /**
   * Resolves when the first attempt is over and nothing speaks against a connection: there is one, or the engine goes
   * on trying, or the caller has changed his mind. Rejects when the state becomes `failed`.
   */
  settled(): Promise<void> {
    if (this.snapshot.state !== 'connecting') return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
    });
  }

  private settle(error: Error | null): void {
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) {
      if (error === null) waiter.resolve();
      else waiter.reject(error);
    }
  }

  private change(state: ConnectionState, error?: { code: string; message: string }): void {
    const previousState = this.snapshot.state;
    if (state === previousState && error === undefined) return;
    this.set(
      Object.freeze({
        state,
        previousState,
        quality: 'disconnected',
        attempt: 0,
        ...(error === undefined ? {} : { error: Object.freeze(error) }),
      }),
    );
  }

  private set(snapshot: ConnectionSnapshot): void {
    const before = this.snapshot;
    this.snapshot = snapshot;
    this.onChange(snapshot, before);
    for (const watcher of [...this.watchers]) watcher();
  }
}
