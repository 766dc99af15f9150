import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { Visit } from '../visit.js';

/** Renders of components while messages come about some of what they show. */
export async function measureRenders(visit: Visit, workload: Workload): Promise<Run> {
  const counts = async (visit: Visit) =>
    (await visit.page.evaluate('window.bench.renders()')) as number[];
  const { bills } = workload.form;
  await visit.publish(workload.warmUp);
  const before = await counts(visit);
  await visit.publish(workload.messages);
  const renders = (await counts(visit)).map((count, index) => count - (before[index] ?? 0));
  return { renders: sum(renders), idleRenders: sum(renders.slice(bills)) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
