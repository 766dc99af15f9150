import type { Clock } from '../../../../js/src/engine/clock.js';
import type { Timers } from '../../../../js/src/engine/timers.js';
import type { FrameScheduler } from '../../../../js/src/hosts/frame-scheduler.js';

interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock, timers and animation frames that stand still until told to move. */
export class VirtualTime {
  nowMs: number;
  /** Every delay a timer was set with. */
  readonly delaysMs: number[] = [];
  private readonly tasks = new Set<Task>();
  private readonly frameCallbacks = new Set<() => void>();

  constructor(startMs = 1_700_000_000_000) {
    this.nowMs = startMs;
  }

  readonly clock: Clock = () => this.nowMs;

  readonly timers: Timers = {
    set: (run, delayMs) => {
      this.delaysMs.push(delayMs);
      const task = { atMs: this.nowMs + delayMs, run };
      this.tasks.add(task);
      return task;
    },
    clear: (task) => {
      this.tasks.delete(task as Task);
    },
  };

  readonly frames: FrameScheduler = {
    request: (callback) => {
      this.frameCallbacks.add(callback);
      return () => {
        this.frameCallbacks.delete(callback);
      };
    },
  };

  get pendingTimers(): number {
    return this.tasks.size;
  }

  get pendingFrames(): number {
    return this.frameCallbacks.size;
  }

  /** One animation frame, and everything that follows from it. */
  async frame(): Promise<void> {
    const callbacks = [...this.frameCallbacks];
    this.frameCallbacks.clear();
    for (const callback of callbacks) callback();
    await settled();
  }

  /** Lets time pass; timers fire when they are due. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      const next = [...this.tasks].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.tasks.delete(next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
      await settled();
    }
    this.nowMs = endMs;
    await settled();
  }
}

/** Resolves when what is under way as microtasks has come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; ++turn) await Promise.resolve();
}
