import type { Clock } from './clock.js';
import type { Timers } from './timers.js';

/**
 * No timer runs longer. One that was set before the machine slept, or before somebody put its clock forward, fires when its
 * delay is over and not when the clock says so; what becomes due meanwhile is late by at most this.
 */
export const longestRunMs = 30_000;

/**
 * One timer for a deadline that moves often. A deadline that moves away leaves the running timer alone, which then finds
 * itself early and waits for the rest; so moving it with every message costs a comparison.
 */
export class DeadlineTimer {
  private deadlineMs = Infinity;
  private timer: unknown;
  private firesAtMs = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly onDeadline: () => void,
  ) {}

  /** Milliseconds since the epoch; `Infinity` = none. A deadline that has passed fires as soon as possible. */
  set(deadlineMs: number): void {
    this.deadlineMs = deadlineMs;
    if (deadlineMs === Infinity) this.disarm();
    else if (deadlineMs < this.firesAtMs) this.arm();
  }

  private arm(): void {
    this.disarm();
    const now = this.clock();
    const delayMs = Math.min(Math.max(0, Math.ceil(this.deadlineMs - now)), longestRunMs);
    this.firesAtMs = now + delayMs;
    this.timer = this.timers.set(() => {
      this.fire();
    }, delayMs);
  }

  private disarm(): void {
    if (this.timer === undefined) return;
    this.timers.clear(this.timer);
    this.timer = undefined;
    this.firesAtMs = Infinity;
  }

  private fire(): void {
    this.timer = undefined;
    this.firesAtMs = Infinity;
    if (this.clock() < this.deadlineMs) {
      this.arm();
      return;
    }
    this.deadlineMs = Infinity;
    this.onDeadline();
  }
}
