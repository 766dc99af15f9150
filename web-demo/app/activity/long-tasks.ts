/** Tasks of more than 50 ms in the last minute: the ones that people feel. */
export interface LongTasks {
  readonly count: number;
  readonly totalMs: number;
}

export const noLongTasks: LongTasks = { count: 0, totalMs: 0 };

const windowMs = 60_000;

export function canWatchLongTasks(): boolean {
  return PerformanceObserver.supportedEntryTypes.includes('longtask');
}

/** Counts from now on. The function that is returned says how many there were lately; `stop` ends the counting. */
export function watchLongTasks(): { recent: () => LongTasks; stop: () => void } {
  let entries: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => {
    entries.push(...list.getEntries());
  });
  observer.observe({ type: 'longtask' });
  return {
    recent: () => {
      const since = performance.now() - windowMs;
      entries = entries.filter(({ startTime }) => startTime >= since);
      return {
        count: entries.length,
        totalMs: entries.reduce((sum, { duration }) => sum + duration, 0),
      };
    },
    stop: () => {
      observer.disconnect();
    },
  };
}
