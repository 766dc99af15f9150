import { readdirSync, readFileSync } from 'node:fs';

/** Nanoseconds on a processor, by the kind of thread. */
export interface ThreadTimes {
  readonly main: number;
  readonly workers: number;
  readonly all: number;
}

/** What Linux counts for the threads of a process. Throws where it does not count. */
export function threadTimes(pid: number): ThreadTimes {
  const times = { main: 0, workers: 0, all: 0 };
  for (const thread of readdirSync(`/proc/${String(pid)}/task`)) {
    const folder = `/proc/${String(pid)}/task/${thread}`;
    let name: string, ran: number;
    try {
      name = readFileSync(`${folder}/comm`, 'utf8').trim();
      ran = Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]);
    } catch (error) {
      // It ended since the folder was read.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) continue;
      throw error;
    }
    times.all += ran;
    if (Number(thread) === pid) times.main += ran;
    // Linux keeps 15 characters of "DedicatedWorker thread".
    else if (name.startsWith('DedicatedWorker')) times.workers += ran;
  }
  return times;
}
