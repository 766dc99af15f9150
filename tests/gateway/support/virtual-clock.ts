/** Time that passes only when told to. */

import type { Clock } from '../../../web-demo/gateway/clock.js';

interface Timer {
  dueMs: number;
  order: number;
  callback: () => void;
}

export class VirtualClock implements Clock {
  #nowMs = Date.UTC(2026, 0, 1);
  #timers = new Set<Timer>();
  #order = 0;

  now = (): number => this.#nowMs;

  setTimeout = (callback: () => void, delayMs: number): Timer => {
    this.#order += 1;
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, callback };
    this.#timers.add(timer);
    return timer;
  };

  clearTimeout = (timer: Timer): void => {
    this.#timers.delete(timer);
  };

  /** Runs every timer that falls due, in order, each at its own time. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      await settlePromises();
      const due = [...this.#timers]
        .filter((timer) => timer.dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = due.dueMs;
      due.callback();
    }
    this.#nowMs = endMs;
  }
}

function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
