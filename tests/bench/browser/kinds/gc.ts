import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { Place, Visit } from '../visit.js';

/** What of Chromium's trace events is read. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

const collections = 'disabled-by-default-v8.gc';

/** Time in which threads of the page stood still for V8's garbage collector. Tracing costs, so it is a run of its own. */
export async function measureGarbageCollection(
  visit: Visit,
  workload: Workload,
  { chromium }: Place,
): Promise<Run> {
  await visit.publish(workload.warmUp);
  await chromium.startTracing([collections]);
  await visit.publish(workload.messages);
  const events = (await chromium.stopTracing()) as TraceEvent[];
  return { gc: collectionMicroseconds(events) / workload.messages };
}

/**
 * On main threads and in workers, of the process that collected longest: Chromium keeps more of them than there are
 * pages, and traces more than it is asked to. Threads that help collecting are no pause. Phases of a collection are
 * events within its event.
 */
export function collectionMicroseconds(events: readonly TraceEvent[]): number {
  const threadNames = new Map(
    events
      .filter(({ name, ph }) => ph === 'M' && name === 'thread_name')
      .map((event) => [threadOf(event), event.args?.name ?? '']),
  );
  const pauses = events.filter(
    (event) =>
      event.ph === 'X' &&
      event.dur !== undefined &&
      event.cat.split(',').includes(collections) &&
      /^(CrRendererMain|DedicatedWorker)/.test(threadNames.get(threadOf(event)) ?? ''),
  );
  const ends = new Map<string, number>();
  const totals = new Map<number, number>();
  for (const event of pauses.sort((a, b) => a.ts - b.ts)) {
    const { pid, ts, dur = 0 } = event;
    const thread = threadOf(event);
    const [end, from] = [ts + dur, Math.max(ts, ends.get(thread) ?? 0)];
    if (end <= from) continue;
    totals.set(pid, (totals.get(pid) ?? 0) + end - from);
    ends.set(thread, end);
  }
  return Math.max(0, ...totals.values());
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${String(pid)}/${String(tid)}`;
}
