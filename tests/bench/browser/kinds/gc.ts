import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { Place, Visit } from '../visit.js';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

const collections = 'disabled-by-default-v8.gc';

/** Time in which threads of Chromium stood still for V8's garbage collector. Tracing costs, so it is a run of its own. */
export async function measureGarbageCollection(
  visit: Visit,
  workload: Workload,
  { chromium }: Place,
): Promise<Run> {
  await visit.publish(workload.warmUp);
  await chromium.startTracing([collections]);
  await visit.publish(workload.messages);
  const events = (await chromium.stopTracing()) as TraceEvent[];
  return { gc: outermostMicroseconds(events) / workload.messages };
}

/** Phases of a collection are events within its event. */
export function outermostMicroseconds(events: readonly TraceEvent[]): number {
  const ends = new Map<string, number>();
  let total = 0;
  const whole = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  for (const { pid, tid, ts, dur = 0 } of [...whole].sort((a, b) => a.ts - b.ts)) {
    const thread = `${String(pid)}/${String(tid)}`;
    const [end, from] = [ts + dur, Math.max(ts, ends.get(thread) ?? 0)];
    if (end <= from) continue;
    total += end - from;
    ends.set(thread, end);
  }
  return total;
}
