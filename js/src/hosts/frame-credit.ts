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

/**
 * The pace of bundles of which nobody on the page is told. As often as frames, without their price: an animation frame
 * costs the page more than such a bundle does, also when nothing is drawn in it. The host waits, so that a page whose
 * engine is in a worker has no timer to pay for either.
 */
const unseenPaceMs = 16;

/**
 * The page's side of the pace: every bundle spends the credit, the next frame gives it back. `giveBack` is told how many
 * milliseconds the host keeps it before it is good for another bundle.
 */
export class FrameCredit {
  private cancel: (() => void) | null = null;
  private wasTold = false;
  private readonly unwatch: () => void;

  constructor(
    private readonly seams: FrameCreditSeams,
    private readonly giveBack: (afterMs: number) => void,
  ) {
    this.unwatch = seams.signals.watch({
      visible: (visible) => {
        if (this.cancel === null || !visible) return;
        this.cancel();
        this.cancel = null;
        this.schedule();
      },
    });
  }

  /** A bundle came; `wasTold` says whether somebody on the page was told, who may draw something. */
  spend(wasTold: boolean): void {
    if (this.cancel !== null) return;
    this.wasTold = wasTold;
    this.schedule();
  }

  close(): void {
    this.unwatch();
    this.cancel?.();
    this.cancel = null;
  }

  private schedule(): void {
    const { frames, timers, signals } = this.seams;
    const isVisible = signals.isVisible();
    if (isVisible && !this.wasTold) {
      this.giveBack(unseenPaceMs);
      return;
    }
    const done = (): void => {
      this.cancel?.();
      this.cancel = null;
      this.giveBack(0);
    };
    const timer = timers.set(done, framelessPaceMs);
    const cancelFrame = isVisible ? frames.request(done) : undefined;
    this.cancel = () => {
      timers.clear(timer);
      cancelFrame?.();
    };
  }
}
