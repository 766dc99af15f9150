import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { FrameFigures } from '../page/frame-figures.js';
import type { SubjectEntry } from '../subjects.js';
import { Visit, type Place } from '../visit.js';

/** What becomes of the page's frames while messages come. A page that gets none waits as long. */
export async function measureFrames(
  place: Place,
  subject: SubjectEntry,
  workload: Workload,
): Promise<Run> {
  const begun = await Visit.begin(place, subject, workload);
  return begun.measure(async (visit) => {
    await visit.page.slowDown(workload.slowdown);
    await visit.publish(workload.warmUp);
    await visit.page.evaluate('window.bench.watchFrames()');
    await visit.publish(workload.messages);
    const { dropped, longTasks, longestTaskMs } = (await visit.page.evaluate(
      'window.bench.frames()',
    )) as FrameFigures;
    return { droppedFrames: dropped, longTasks, longestTask: longestTaskMs };
  });
}
