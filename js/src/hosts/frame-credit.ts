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
 * costs the page more than such a bundle does, also when nothing is drawn in it.
 */
const unseenPaceMs = 16;

/** The page's side of the pace: every bundle spends the credit, the next frame gives it back. */
export class FrameCredit {
  private cancel: (() => void) | null = null;
  private wasTold = false;
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
    const done = (): void => {
      this.cancel?.();
      this.cancel = null;
      this.giveBack();
    };
    const isVisible = signals.isVisible();
    const waitsForFrame = isVisible && this.wasTold;
    const paceMs = isVisible && !this.wasTold ? unseenPaceMs : framelessPaceMs;
    const timer = timers.set(done, paceMs);
    const cancelFrame = waitsForFrame ? frames.request(done) : undefined;
    this.cancel = () => {
      timers.clear(timer);
      cancelFrame?.();
    };
  }
}
