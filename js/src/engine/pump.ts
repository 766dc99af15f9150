import type { BundleState } from './engine-module.js';
import type { Timers } from './timers.js';

/** What the pump needs of the engine, for one page. */
export interface BundleSource {
  state(): BundleState;
  /** The page's bundle in a buffer of its own; null = nothing. */
  drain(): ArrayBuffer | null;
}

/**
 * Hands one page its bundles at the pace the page sets. The page has one credit; a bundle spends it; the page gives it
 * back at its next frame, or says after how many milliseconds it is good again. What is urgent crosses without a credit.
 */
export class Pump {
  private hasCredit = true;
  private isScheduled = false;
  private isClosed = false;
  private timer: unknown;

  constructor(
    private readonly source: BundleSource,
    private readonly timers: Timers,
    private readonly deliver: (bundle: ArrayBuffer) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * The engine has something for the page. The engine is drained once it has returned from the call in which it said so
   * (a microtask later), so that one task's changes cross as one bundle.
   */
  wake(urgent: boolean): void {
    if (urgent || this.hasCredit) this.schedule();
  }

  /** The page is ready for the next bundle, `afterMs` milliseconds from now. The earliest of several counts. */
  returnCredit(afterMs: number): void {
    if (afterMs === 0) this.takeCredit();
    else if (!this.hasCredit)
      this.timer ??= this.timers.set(() => {
        this.takeCredit();
      }, afterMs);
  }

  close(): void {
    this.isClosed = true;
    this.stopTimer();
  }

  private takeCredit(): void {
    this.stopTimer();
    this.hasCredit = true;
    this.pump();
  }

  private stopTimer(): void {
    if (this.timer === undefined) return;
    this.timers.clear(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.pump();
    });
  }

  private pump(): void {
    if (this.isClosed) return;
    try {
      const state = this.source.state();
      if (state === 0 || (state === 1 && !this.hasCredit)) return;
      const bundle = this.source.drain();
      if (bundle === null) return;
      this.hasCredit = false;
      this.deliver(bundle);
    } catch (error) {
      this.onError(error);
    }
  }
}
