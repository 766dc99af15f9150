/**
 * How much of the main thread's time this page's scripts take, from the browser's own sampling profiler (JS
 * Self-Profiling, https://wicg.github.io/js-self-profiling/). Chromium has it; the server has to allow it with
 * `Document-Policy: js-profiling`. Style, layout and paint are not scripts and are not in it.
 */

interface ProfilerSample {
  readonly timestamp: number;
  /** Absent while no script ran. */
  readonly stackId?: number;
}

interface ScriptProfiler {
  stop(): Promise<{ readonly samples: readonly ProfilerSample[] }>;
}

type ProfilerClass = new (options: {
  sampleInterval: number;
  maxBufferSize: number;
}) => ScriptProfiler;

const sampleIntervalMs = 10;
const windowMs = 10_000;

/** Calls `report` with the share of time, 0 to 1, of every ten seconds. Returns null where it cannot be measured. */
export function watchScriptTime(report: (share: number) => void): (() => void) | null {
  const { Profiler } = globalThis as { Profiler?: ProfilerClass };
  if (Profiler === undefined) return null;
  const start = (): ScriptProfiler =>
    new Profiler({
      sampleInterval: sampleIntervalMs,
      maxBufferSize: (2 * windowMs) / sampleIntervalMs,
    });
  let profiler: ScriptProfiler;
  try {
    profiler = start();
  } catch {
    return null;
  }
  let isOver = false;
  const timer = setInterval(() => {
    const finished = profiler;
    profiler = start();
    void finished.stop().then(({ samples }) => {
      if (isOver || samples.length === 0) return;
      report(samples.filter(({ stackId }) => stackId !== undefined).length / samples.length);
    });
  }, windowMs);
  return () => {
    isOver = true;
    clearInterval(timer);
    void profiler.stop();
  };
}
