import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import { threadTimes, type ThreadTimes } from '../threads.js';
import type { Place, Visit } from '../visit.js';

interface Sample {
  readonly counters: ReadonlyMap<string, number>;
  readonly threads: ReadonlyMap<number, ThreadTimes>;
  readonly clockMs: number;
}

/** What a message costs, in microseconds. */
export async function measureLoad(visit: Visit, workload: Workload, place: Place): Promise<Run> {
  await visit.publish(workload.warmUp);
  await visit.page.countPerformance();
  const before = await sample(place, visit);
  await visit.publish(workload.messages);
  return costs(before, await sample(place, visit), workload.messages);
}

async function sample({ chromium }: Place, { page }: Visit): Promise<Sample> {
  const pids = await chromium.rendererPids();
  return {
    counters: await page.performance(),
    threads: new Map(pids.map((pid) => [pid, threadTimes(pid)])),
    clockMs: performance.now(),
  };
}

function costs(before: Sample, after: Sample, messages: number): Run {
  // Chromium counts in seconds.
  const counted = (counter: string): number => {
    const [first, last] = [before.counters.get(counter), after.counters.get(counter)];
    if (first === undefined || last === undefined) {
      throw new Error(`This Chromium does not count ${counter}.`);
    }
    return ((last - first) * 1e6) / messages;
  };
  const threads = threadsOf(counted('ThreadTime') * messages * 1000, before, after);
  const perMessage = (nanoseconds: number) => nanoseconds / 1000 / messages;
  return {
    task: counted('TaskDuration') - counted('DevToolsCommandDuration'),
    script: counted('ScriptDuration'),
    mainCpu: perMessage(threads.main),
    workerCpu: perMessage(threads.workers),
    totalCpu: perMessage(threads.main + threads.workers),
    processCpu: perMessage(threads.all),
    elapsed: ((after.clockMs - before.clockMs) * 1000) / messages,
  };
}

/** Of the pages' processes the one whose main thread ran as long as the page says: Chromium has more of them. */
function threadsOf(mainNanoseconds: number, before: Sample, after: Sample): ThreadTimes {
  let nearest: ThreadTimes | null = null;
  const distance = ({ main }: ThreadTimes) => Math.abs(main - mainNanoseconds);
  for (const [pid, last] of after.threads) {
    const first = before.threads.get(pid);
    if (first === undefined) continue;
    const ran = {
      main: last.main - first.main,
      workers: last.workers - first.workers,
      all: last.all - first.all,
    };
    if (nearest === null || distance(ran) < distance(nearest)) nearest = ran;
  }
  if (nearest === null) throw new Error('Chromium has no process for the page.');
  return nearest;
}
