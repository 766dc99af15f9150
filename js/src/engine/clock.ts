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

/** Reading `performance.now` for every message costs as much as reading the message, so most messages do without. */
export interface Clocks {
  readonly clock: Clock;
  /** The same, but what it says may be up to a millisecond old: for what asks with every message. Never behind `clock`. */
  readonly recentClock: Clock;
}

/** How often the time is said again where the wall clock stands still, as it does in tests that stop it. */
const maximumReuses = 16;

/**
 * Runs on the monotonic source from the wall clock's time at the start. When the wall clock is more than a second ahead,
 * the machine slept (or somebody corrected the clock; both look the same) and time jumps forward to it. When it is
 * behind, it was set back: time goes on from where it was, so that no deadline waits twice.
 */
export function createClocks(sources: ClockSources): Clocks {
  let offset = sources.wallMs() - sources.monotonicMs();
  let latest = Number.NEGATIVE_INFINITY;
  let latestWall = Number.NEGATIVE_INFINITY;
  let reuses = 0;
  const read = (wall: number): number => {
    const monotonic = sources.monotonicMs();
    const ahead = wall - (monotonic + offset);
    if (ahead > sleepThresholdMs) offset += ahead;
    latest = Math.max(latest, monotonic + offset);
    latestWall = wall;
    reuses = 0;
    return latest;
  };
  return {
    clock: () => read(sources.wallMs()),
    recentClock: () => {
      const wall = sources.wallMs();
      return wall === latestWall && ++reuses <= maximumReuses ? latest : read(wall);
    },
  };
}

export const createSystemClocks = (): Clocks =>
  createClocks({ wallMs: () => Date.now(), monotonicMs: () => performance.now() });
