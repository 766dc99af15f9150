// Measures every subject under every workload, in turns, so that whatever else the machine does falls on all alike.
import { BenchGateway } from './bench-gateway.js';
import { serveBenchPage } from './bench-page.js';
import { Chromium } from './devtools.js';
import { describeMachine, load } from './machine.js';
import { measure, type Figures, type Place } from './measure.js';
import type { Report, SubjectResult } from './report.js';
import { spreadOf } from './statistics.js';
import { subjects, type SubjectEntry } from './subjects.js';
import { workloads, type Workload } from './workloads.js';

export { tableOf } from './report.js';
export { subjects } from './subjects.js';

export interface BenchOptions {
  readonly rounds: number;
  /** Of the burst. */
  readonly updates: number;
  /** Of the paced run. */
  readonly seconds: number;
  /** Names; empty means all. */
  readonly subjects: readonly string[];
  readonly progress: (line: string) => void;
}

export async function runBenchmark(options: BenchOptions): Promise<Report> {
  const [startedAt, loadBefore] = [new Date().toISOString(), load()];
  const page = await serveBenchPage();
  const gateway = await BenchGateway.start(new URL(page.url).origin);
  const chromium = await Chromium.launch();
  try {
    const chosen = subjects.filter(
      ({ name }) => options.subjects.length === 0 || options.subjects.includes(name),
    );
    const all = workloads(options.updates, options.seconds);
    const runs = await runAll({ chromium, gateway, pageUrl: page.url }, chosen, all, options);
    return {
      startedAt,
      rounds: options.rounds,
      unit: 'µs per message',
      machine: describeMachine(await chromium.version()),
      load: [loadBefore, load()],
      workloads: all.map((workload) => ({
        name: workload.name,
        title: workload.title,
        messages: workload.messages,
        subjects: chosen.map((subject) =>
          resultOf(subject, runs.get(workload)?.get(subject) ?? []),
        ),
      })),
    };
  } finally {
    await chromium.close();
    gateway.stop();
    await page.stop();
  }
}

type Runs = Map<Workload, Map<SubjectEntry, Figures[]>>;

async function runAll(
  place: Place,
  chosen: readonly SubjectEntry[],
  all: readonly Workload[],
  { rounds, progress }: BenchOptions,
): Promise<Runs> {
  const runs: Runs = new Map(
    all.map((workload) => [workload, new Map(chosen.map((subject) => [subject, []]))]),
  );
  for (let round = 0; round < rounds; ++round) {
    for (const workload of all) {
      // Another one is first in every round.
      for (const subject of rotated(chosen, round)) {
        const figures = await measure(place, subject, workload);
        runs.get(workload)?.get(subject)?.push(figures);
        progress(
          `round ${String(round + 1)} of ${String(rounds)}, ${workload.name}: ${subject.name} ${figures.task.toFixed(2)} µs per message`,
        );
      }
    }
  }
  return runs;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

function resultOf({ name, title }: SubjectEntry, runs: readonly Figures[]): SubjectResult {
  const spread = (figure: keyof Figures) => spreadOf(runs.map((run) => run[figure]));
  return {
    name,
    title,
    figures: {
      task: spread('task'),
      script: spread('script'),
      mainCpu: spread('mainCpu'),
      processCpu: spread('processCpu'),
      elapsed: spread('elapsed'),
    },
  };
}
