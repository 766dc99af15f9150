/** Milliseconds since the Unix epoch that never go backward. */
export type Clock = () => number;

export interface ClockSources {
  /** As `Date.now`: right about the date, but may be set forward and back while we run. */
  wallMs: () => number;
  /** As `performance.now`: never goes back, but may stand still while the machine sleeps. */
  monotonicMs: () => number;
}

/** How far the wall clock must be ahead before it is believed: more than it drifts, less than anybody waits. */
const sleepThresholdMs = 1000;

/**
 * Runs on the monotonic source from the wall clock's time at the start. When the wall clock is more than a second ahead,
 * the machine slept (or somebody corrected the clock; both look the same) and time jumps forward to it. When it is
 * behind, it was set back: time goes on from where it was, so that no deadline waits twice.
 */
export function createClock(sources: ClockSources): Clock {
  let offset = sources.wallMs() - sources.monotonicMs();
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    const monotonic = sources.monotonicMs();
    const ahead = sources.wallMs() - (monotonic + offset);
    if (ahead > sleepThresholdMs) offset += ahead;
    latest = Math.max(latest, monotonic + offset);
    return latest;
  };
}

export const createSystemClock = (): Clock =>
  createClock({ wallMs: () => Date.now(), monotonicMs: () => performance.now() });
