/** What was counted at one moment. */
export interface Counted {
  /** Milliseconds, of `performance.now()`. */
  readonly atMs: number;
}

/** Over so many seconds a rate is taken, of samples that are taken once a second. */
export const rateSeconds = 5;

/** How fast a counter grew of late, per second; null before there are two looks at it. */
export function recentRate<Sample extends Counted>(
  samples: readonly Sample[],
  countOf: (sample: Sample) => number,
): number | null {
  const last = samples.at(-1);
  const first = samples.at(-1 - rateSeconds) ?? samples[0];
  if (last === undefined || first === undefined || last === first) return null;
  return rateBetween(first, last, countOf);
}

/** Per second; 0 for a counter that began anew in between. */
export function rateBetween<Sample extends Counted>(
  first: Sample,
  last: Sample,
  countOf: (sample: Sample) => number,
): number {
  return Math.max(0, ((countOf(last) - countOf(first)) * 1000) / (last.atMs - first.atMs));
}
