import type { Figures } from './measure.js';
import type { Machine } from './machine.js';
import type { Spread } from './statistics.js';

/** One subject under one workload, over all rounds; microseconds per message. */
export interface SubjectResult {
  readonly name: string;
  readonly title: string;
  readonly figures: Readonly<Record<keyof Figures, Spread>>;
}

export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly messages: number;
  readonly subjects: readonly SubjectResult[];
}

export interface Report {
  readonly startedAt: string;
  readonly rounds: number;
  readonly unit: string;
  readonly machine: Machine;
  /** Of the machine, before and after. */
  readonly load: readonly [number, number];
  readonly workloads: readonly WorkloadResult[];
}

const columns: readonly (readonly [keyof Figures, string])[] = [
  ['task', 'main thread, tasks'],
  ['script', 'of it JavaScript'],
  ['mainCpu', 'main thread, CPU'],
  ['processCpu', 'whole process, CPU'],
  ['elapsed', 'clock'],
];

/** For people. */
export function tableOf({ machine, load, rounds, workloads }: Report): string {
  const { processor, cores, memoryGiB, kernel, node, chromium } = machine;
  return [
    `µs per message on the page: median (lowest to highest) of ${String(rounds)} rounds`,
    ...workloads.flatMap(({ title, subjects }) => [
      '',
      title,
      ...aligned([
        ['', ...columns.map(([, heading]) => heading)],
        ...subjects.map(({ title: subject, figures }) => [
          subject,
          ...columns.map(([name]) => cell(figures[name])),
        ]),
      ]),
    ]),
    '',
    `${chromium}, Node ${node}, Linux ${kernel}`,
    `${processor}, ${String(cores)} cores, ${String(memoryGiB)} GiB; load ${load.join(' before, ')} after`,
  ].join('\n');
}

function cell({ median, lowest, highest }: Spread): string {
  return `${digits(median)} (${digits(lowest)} to ${digits(highest)})`;
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
