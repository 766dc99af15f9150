import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { Visit } from '../visit.js';

/** How much larger the page's JavaScript heap is after all messages, each time with the garbage gone. */
export async function measureHeap(visit: Visit, workload: Workload): Promise<Run> {
  await visit.publish(workload.warmUp);
  const before = await visit.page.heapBytes();
  await visit.publish(workload.messages);
  return { heapGrowth: ((await visit.page.heapBytes()) - before) / 1000 };
}
