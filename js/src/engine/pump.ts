import type { BundleState } from './engine-module.js';

/** What the pump needs of the engine, for one page. */
export interface BundleSource {
  state(): BundleState;
  /** The page's bundle in a buffer of its own; null = nothing. */
  drain(): ArrayBuffer | null;
}

/**
 * Hands one page its bundles at the pace the page sets. The page has one credit; a bundle spends it; the page gives it
 * back at its next frame. What is urgent crosses without a credit.
 */
export class Pump {
  private hasCredit = true;
  private isScheduled = false;
  private isClosed = false;

  constructor(
    private readonly source: BundleSource,
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

  /** The page had a frame since its last bundle. */
  returnCredit(): void {
    this.hasCredit = true;
    this.pump();
  }

  close(): void {
    this.isClosed = true;
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
