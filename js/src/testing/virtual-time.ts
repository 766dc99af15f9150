import type { Clock } from '../engine/clock.js';
import type { Timers } from '../engine/timers.js';

interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock and timers that stand still until told to move. */
export class VirtualTime {
  private readonly tasks = new Set<Task>();

  /** `nowMs`: milliseconds since the Unix epoch. */
  constructor(private nowMs: number) {}

  readonly clock: Clock = () => this.nowMs;

  readonly timers: Timers = {
    set: (run, delayMs) => {
      const task = { atMs: this.nowMs + delayMs, run };
      this.tasks.add(task);
      return task;
    },
    clear: (task) => {
      this.tasks.delete(task as Task);
    },
  };

  /** Lets time pass; timers ring when they are due, and what follows from one happens before the next. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + Math.max(0, ms);
    for (let task = this.next(endMs); task !== undefined; task = this.next(endMs)) {
      this.tasks.delete(task);
      this.nowMs = Math.max(this.nowMs, task.atMs);
      task.run();
      await settled();
    }
    this.nowMs = endMs;
    await settled();
  }

  private next(endMs: number): Task | undefined {
    let first: Task | undefined;
    for (const task of this.tasks) {
      if (task.atMs <= endMs && (first === undefined || task.atMs < first.atMs)) first = task;
    }
    return first;
  }
}

/** Resolves when what is under way as microtasks has come to rest. Uses no timer, which a test may have replaced. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; ++turn) await Promise.resolve();
}
