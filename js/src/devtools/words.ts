// How figures read.

const units = ['B', 'kB', 'MB', 'GB'] as const;

/** Bytes in the unit that fits, such as `1.2 kB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] as string}`;
}

/** Milliseconds in the unit that fits, such as `240 ms` or `1.5 s`; a dash for null. */
export function durationText(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** A rate per second; a dash for null. */
export function rateText(perSecond: number | null): string {
  if (perSecond === null) return '–';
  return `${perSecond < 9.95 ? perSecond.toFixed(1) : countText(Math.round(perSecond))}/s`;
}

/** The time of day of a moment, with seconds. */
export function timeText(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB');
}
