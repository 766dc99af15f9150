import { useEffect, useState } from 'react';

export interface FrameRate {
  /** Frames of the last second. */
  readonly perSecond: number;
  /** The longest time between two of them, in milliseconds. */
  readonly longestMs: number;
}

const periodMs = 1000;

/** Counts the frames the browser draws, second by second; null before the first second is over. */
export function useFrameRate(): FrameRate | null {
  const [rate, setRate] = useState<FrameRate | null>(null);
  useEffect(() => {
    let [frames, longestMs, since, last] = [0, 0, 0, 0];
    let request = requestAnimationFrame(function count(now) {
      // A page nobody sees draws no frames; what comes after is a new beginning.
      if (last === 0 || now - last > 2 * periodMs) [frames, longestMs, since] = [0, 0, now];
      else {
        frames += 1;
        longestMs = Math.max(longestMs, now - last);
      }
      last = now;
      if (now - since >= periodMs) {
        setRate({ perSecond: (frames * 1000) / (now - since), longestMs });
        [frames, longestMs, since] = [0, 0, now];
      }
      request = requestAnimationFrame(count);
    });
    return () => {
      cancelAnimationFrame(request);
    };
  }, []);
  return rate;
}
