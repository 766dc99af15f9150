import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import type { FrameFigures } from '../page/frame-figures.js';
import type { Visit } from '../visit.js';

/** What becomes of the page's frames while messages come. A page that gets none waits as long. */
export async function measureFrames(visit: Visit, workload: Workload): Promise<Run> {
  await visit.page.slowDown(workload.slowdown);
  await visit.publish(workload.warmUp);
  await visit.page.evaluate('window.bench.watchFrames()');
  await visit.publish(workload.messages);
  const { dropped, longTasks, longestTaskMs } = (await visit.page.evaluate(
    'window.bench.frames()',
  )) as FrameFigures;
  return { droppedFrames: dropped, longTasks, longestTask: longestTaskMs };
}
