/**
 * What is measured. `ingest`: the engine takes in one frame of the socket; `flush`: it hands over a bundle; `apply`: the
 * page takes the bundle in and tells whoever watches; `read`: records are decoded and parsed because somebody reads them.
 */
export type MeasuredWork = 'ingest' | 'flush' | 'apply' | 'read';

/** Runs `act`, whose duration is measured, and returns what it returned. `about`: what it works on, for people. */
export type Measure = <Result>(work: MeasuredWork, about: string, act: () => Result) => Result;

/**
 * Writes `performance.measure` entries named `civic-realtime <work>`, which Chrome's DevTools show as a track of their own
 * (https://developer.chrome.com/docs/devtools/performance/extension). Entries are cleared at once, because a page's
 * timeline forgets nothing by itself: a PerformanceObserver and a profile see them, `getEntries` does not.
 */
export const measureOnTimeline: Measure = (work, about, act) => {
  const start = performance.now();
  try {
    return act();
  } finally {
    const name = `civic-realtime ${work}`;
    const devtools = { dataType: 'track-entry', track: 'civic-realtime', tooltipText: about };
    performance.measure(name, { start, detail: { devtools } });
    performance.clearMeasures(name);
  }
};
