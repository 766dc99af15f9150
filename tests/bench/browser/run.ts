// Measures every subject in every measurement, in turns, so that whatever else the machine does falls on all alike.
import { BenchServers } from './bench-servers.js';
import { BenchSite } from './bench-site.js';
import { Chromium } from './devtools.js';
import { figures, type FigureName, type Run } from './figures.js';
import { goalsOf } from './goals.js';
import { kinds } from './kinds.js';
import { describeMachine, load } from './machine.js';
import { measurements, type Measurement, type Suite } from './measurements.js';
import type { MeasurementResult, Report, SubjectResult } from './report.js';
import { spreadOf } from './statistics.js';
import { subjects, type SubjectEntry } from './subjects.js';
import type { Place } from './visit.js';

export { chartOf } from './chart.js';
export { measurements } from './measurements.js';
export type { Report } from './report.js';
export { subjects } from './subjects.js';
export { markdownOf, screenOf } from './tables.js';

export interface BenchOptions {
  readonly suite: Suite;
  readonly rounds: number;
  /** How long messages come at a given rate. */
  readonly seconds: number;
  /** Names; empty means all. */
  readonly subjects: readonly string[];
  /** Names; empty means all. */
  readonly measurements: readonly string[];
  readonly progress: (line: string) => void;
}

/** One visit to a page. */
interface Turn {
  readonly measurement: Measurement;
  readonly subject: SubjectEntry;
}

export async function runBenchmark(options: BenchOptions): Promise<Report> {
  const [startedAt, loadBefore] = [new Date().toISOString(), load()];
  const site = await BenchSite.serve();
  const servers = await BenchServers.start(new URL(site.url).origin);
  const chromium = await Chromium.launch();
  try {
    const results = await measureAll({ chromium, servers, site }, options);
    return {
      startedAt,
      suite: options.suite,
      rounds: options.rounds,
      machine: describeMachine(await chromium.version()),
      load: [loadBefore, load()],
      measurements: results,
      goals: goalsOf(results),
    };
  } finally {
    await chromium.close();
    servers.stop();
    await site.stop();
  }
}

async function measureAll(place: Place, options: BenchOptions): Promise<MeasurementResult[]> {
  const chosen = measurements(options.suite, options.seconds).filter(
    ({ name }) => options.measurements.length === 0 || options.measurements.includes(name),
  );
  const turns = turnsOf(chosen, options);
  const runs = new Map<Measurement, Map<SubjectEntry, Run[]>>(
    chosen.map((measurement) => [measurement, new Map()]),
  );
  const started = performance.now();
  for (const [index, { measurement, subject }] of turns.entries()) {
    const run = await kinds[measurement.kind](place, subject, measurement.workload);
    const bySubject = runs.get(measurement);
    bySubject?.set(subject, [...(bySubject.get(subject) ?? []), run]);
    const minutes = (performance.now() - started) / 60_000;
    const left = (minutes / (index + 1)) * (turns.length - index - 1);
    options.progress(
      `${String(index + 1)} of ${String(turns.length)}, about ${left.toFixed(0)} min left; ${measurement.name}: ${subject.name} ${describeRun(run)}`,
    );
  }
  return chosen.map((measurement) => ({
    name: measurement.name,
    title: measurement.title,
    messages: measurement.workload.messages,
    subjects: subjects.flatMap((subject) => {
      const found = runs.get(measurement)?.get(subject);
      return found === undefined ? [] : [resultOf(subject, found)];
    }),
  }));
}

function turnsOf(chosen: readonly Measurement[], options: BenchOptions): Turn[] {
  const turns: Turn[] = [];
  for (let round = 0; round < options.rounds; ++round) {
    for (const measurement of chosen) {
      if (round >= measurement.rounds) continue;
      const takers = subjects.filter(
        (subject) =>
          measurement.takes(subject) &&
          (options.subjects.length === 0 || options.subjects.includes(subject.name)),
      );
      // Another one is first in every round.
      for (const subject of rotated(takers, round)) turns.push({ measurement, subject });
    }
  }
  return turns;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % Math.max(list.length, 1);
  return [...list.slice(start), ...list.slice(0, start)];
}

function resultOf({ name, title }: SubjectEntry, runs: readonly Run[]): SubjectResult {
  const names = (Object.keys(figures) as FigureName[]).filter((figure) =>
    runs.every((run) => run[figure] !== undefined),
  );
  return {
    name,
    title,
    figures: Object.fromEntries(
      names.map((figure) => [figure, spreadOf(runs.map((run) => run[figure] ?? NaN))]),
    ),
  };
}

/** The first of its figures. */
function describeRun(run: Run): string {
  const [first] = Object.entries(run) as [FigureName, number][];
  if (first === undefined) return '';
  const { heading, unit } = figures[first[0]];
  return `${heading} ${first[1].toFixed(2)} ${unit}`.trim();
}
