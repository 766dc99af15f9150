import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { SubjectEntry } from '../subjects.js';
import { Visit, type Place } from '../visit.js';

/** How much larger the page's JavaScript heap is after all messages, each time with the garbage gone. */
export async function measureHeap(
  place: Place,
  subject: SubjectEntry,
  workload: Workload,
): Promise<Run> {
  const begun = await Visit.begin(place, subject, workload);
  return begun.measure(async (visit) => {
    await visit.publish(workload.warmUp);
    const before = await visit.page.heapBytes();
    await visit.publish(workload.messages);
    return { heapGrowth: ((await visit.page.heapBytes()) - before) / 1000 };
  });
}
