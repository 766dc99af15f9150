import type { Timers } from '../engine/timers.js';
import type { FrameScheduler } from './frame-scheduler.js';
import type { PageSignals } from './page-signals.js';

export interface FrameCreditSeams {
  frames: FrameScheduler;
  timers: Timers;
  signals: PageSignals;
}

/** A page that has no frames, because it is hidden or out of sight, gives its credit back at this pace. */
const framelessPaceMs = 1000;

/** The page's side of the pace: every bundle spends the credit, the next frame gives it back. */
export class FrameCredit {
  private cancel: (() => void) | null = null;
  private readonly unwatch: () => void;

  constructor(
    private readonly seams: FrameCreditSeams,
    private readonly giveBack: () => void,
  ) {
    this.unwatch = seams.signals.watch({
      visible: (visible) => {
        if (this.cancel === null || !visible) return;
        this.cancel();
        this.schedule();
      },
    });
  }

  /** A bundle came. */
  spend(): void {
    if (this.cancel === null) this.schedule();
  }

  close(): void {
    this.unwatch();
    this.cancel?.();
    this.cancel = null;
  }

  private schedule(): void {
    const { frames, timers, signals } = this.seams;
    const done = (): void => {
      this.cancel?.();
      this.cancel = null;
      this.giveBack();
    };
    const timer = timers.set(done, framelessPaceMs);
    const cancelFrame = signals.isVisible() ? frames.request(done) : undefined;
    this.cancel = () => {
      timers.clear(timer);
      cancelFrame?.();
    };
  }
}
