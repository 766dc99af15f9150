import { figures, type FigureName } from './figures.js';
import type { MeasurementResult, Report } from './report.js';
import type { Spread } from './statistics.js';
import { aligned, markdownTable } from './text-table.js';

type Rows = string[][];

/** For a terminal. */
export function screenOf(report: Report): string {
  const lines = [`Median (lowest to highest); ${about(report)}`];
  for (const measurement of report.measurements) {
    lines.push('', measurement.title, ...aligned(rowsOf(measurement, withRange)));
  }
  if (report.goals.length > 0) lines.push('', 'Goals', ...aligned(goalRows(report)));
  return lines.join('\n');
}

/** For docs/performance.md. */
export function markdownOf(report: Report): string {
  const lines = [`${about(report)}.`];
  if (report.goals.length > 0) lines.push('', '### Goals', '', ...markdownTable(goalRows(report)));
  for (const measurement of report.measurements) {
    lines.push('', `### ${measurement.title}`, '');
    lines.push(...markdownTable(rowsOf(measurement, medianOnly)));
  }
  return lines.join('\n');
}

function about({ machine, load, rounds, startedAt, suite }: Report): string {
  const { processor, cores, memoryGiB, kernel, node, chromium } = machine;
  return `suite ${suite}, ${String(rounds)} rounds, ${startedAt.slice(0, 10)}; ${chromium}, Node ${node}, Linux ${kernel}, ${processor}, ${String(cores)} cores, ${String(memoryGiB)} GiB; load ${load.join(' before, ')} after`;
}

function rowsOf({ subjects }: MeasurementResult, cell: (spread: Spread) => string): Rows {
  const columns = (Object.keys(figures) as FigureName[]).filter((name) =>
    subjects.some((subject) => name in subject.figures),
  );
  return [
    ['', ...columns.map((name) => [figures[name].heading, figures[name].unit].join(' ').trim())],
    ...subjects.map((subject) => [
      subject.title,
      ...columns.map((name) => {
        const spread = subject.figures[name];
        return spread === undefined ? '' : cell(spread);
      }),
    ]),
  ];
}

function goalRows({ goals }: Report): Rows {
  return [
    ['goal', 'against', 'wanted', 'measured', ''],
    ...goals.map(({ title, against, wanted, measured, outcome }) => [
      title,
      against,
      wanted,
      measured,
      outcome,
    ]),
  ];
}

function withRange({ median, lowest, highest, runs }: Spread): string {
  if (runs.length === 1) return digits(median);
  return `${digits(median)} (${digits(lowest)}–${digits(highest)})`;
}

function medianOnly({ median }: Spread): string {
  return digits(median);
}

function digits(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}
