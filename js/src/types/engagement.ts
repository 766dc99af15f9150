/** How one measure of a bill moves within a window. */
export interface EngagementRate {
  /** How often it was counted within the window. */
  readonly total: number;
  /** `total` by the minutes of the window. */
  readonly perMinute: number;
  /** The same, exponentially weighted, so that it does not jump when something leaves the window. */
  readonly smoothedPerMinute: number;
  /** From -1, dying down, over 0, steady, to 1, taking off. */
  readonly trend: number;
}

/** What is measured of a bill. */
export type EngagementMeasure = 'views' | 'comments' | 'saves' | 'shares';

/** The windows over which it is measured: a minute, a quarter of an hour, a day. */
export type EngagementWindow = '1m' | '15m' | '24h';

/** Rates and trends of one bill. */
export interface EngagementAnalytics {
  readonly billId: number;
  readonly windows: Readonly<
    Record<EngagementWindow, Readonly<Record<EngagementMeasure, EngagementRate>>>
  >;
  /** Milliseconds since the Unix epoch. */
  readonly timestamp: number;
}

/** A bill that moves, over the last quarter of an hour. */
export interface BillMover {
  readonly billId: number;
  /** The weighted sum of the smoothed rates: views 1, saves 5, shares 5, comments 10. */
  readonly score: number;
  readonly perMinute: Readonly<Record<EngagementMeasure, number>>;
}
