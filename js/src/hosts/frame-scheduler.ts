import type { Timers } from '../engine/timers.js';

/** The seam to animation frames. */
export interface FrameScheduler {
  /** Calls `callback` once at the next frame, unless the function it returns is called before. */
  request(callback: () => void): () => void;
}

export const animationFrames: FrameScheduler = {
  request(callback) {
    const frame = requestAnimationFrame(callback);
    return () => {
      cancelAnimationFrame(frame);
    };
  },
};

/** For places without frames, such as Node: sixty a second. */
export function timedFrames(timers: Timers): FrameScheduler {
  return {
    request(callback) {
      const timer = timers.set(callback, 16);
      return () => {
        timers.clear(timer);
      };
    },
  };
}
