// What the package promises about its cost, as comparisons within one run.
import type { FigureName } from './figures.js';
import type { MeasurementResult } from './report.js';
import { Results } from './results.js';
import { subjects } from './subjects.js';

/** One comparison with its outcome. */
export interface Goal {
  readonly title: string;
  /** What it is held against, such as `json-map`. */
  readonly against: string;
  /** What was measured, for people. */
  readonly measured: string;
  /** What is wanted, for people. */
  readonly wanted: string;
  readonly outcome: 'reached' | 'missed';
}

/** Of what was measured; a goal whose subjects or measurements are missing is left out. */
export function goalsOf(measurements: readonly MeasurementResult[]): readonly Goal[] {
  const results = new Results(measurements);
  const libraries = subjects.filter(({ isLibrary }) => isLibrary).map(({ name }) => name);
  const rivals = ['json-map', ...libraries];
  const median = (...where: Parameters<Results['median']>) => results.median(...where);

  /** `subject`'s figure is at most `limit` times that of `rival`. */
  const ratio = (
    title: string,
    measurement: string,
    figure: FigureName,
    subject: string,
    rival: string,
    limit: number,
  ): Goal[] =>
    quotient(
      title,
      rival,
      median(measurement, subject, figure),
      median(measurement, rival, figure),
      limit,
    );

  /** The same of what is left when `base`'s figure is taken away from both. */
  const ratioAbove = (
    title: string,
    [measurement, base]: readonly [string, string],
    figure: FigureName,
    subject: string,
    rival: string,
    limit: number,
  ): Goal[] => {
    const floor = median(measurement, base, figure);
    const above = (name: string): number | null => {
      const value = median(measurement, name, figure);
      return value === null || floor === null ? null : value - floor;
    };
    return quotient(title, rival, above(subject), above(rival), limit);
  };

  const atMost = (
    title: string,
    against: string,
    value: number | null,
    limit: number,
    unit: string,
  ): Goal[] =>
    value === null
      ? []
      : [
          {
            title,
            against,
            measured: withUnit(value, unit),
            wanted: `at most ${withUnit(limit, unit)}`,
            outcome: value <= limit ? 'reached' : 'missed',
          },
        ];

  const difference = (
    measurement: string,
    figure: FigureName,
    subject: string,
    rival: string,
  ): number | null => {
    const [own, other] = [median(measurement, subject, figure), median(measurement, rival, figure)];
    return own === null || other === null ? null : own - other;
  };

  const main = 'Main thread per message, worker host, no React';
  const react = 'Main thread per message, worker host, 50 React components';
  const total = 'Main thread and worker per message, above the floor';
  const page = 'Page host, script per message above the floor';
  return [
    ...rivals.flatMap((rival) => ratio(main, 'plain', 'task', 'worker-host', rival, 1 / 50)),
    ...ratio(main, 'plain', 'task', 'worker-host', 'json-worker', 1),
    ...rivals.flatMap((rival) => ratio(react, 'react', 'task', 'worker-host', rival, 1 / 5)),
    ...ratio(react, 'react', 'task', 'worker-host', 'json-worker', 1),
    ...flat(results),
    ...ratioAbove(total, ['plain', 'floor'], 'totalCpu', 'worker-host', 'json-map', 1 / 3),
    ...ratio(
      'Main thread and worker per message, 50 events in a frame of the socket',
      'batches',
      'totalCpu',
      'worker-host',
      'json-worker',
      1 / 4,
    ),
    ...ratioAbove(page, ['plain', 'floor'], 'script', 'page-host', 'json-map', 1 / 2),
    ...ratioAbove(page, ['plain', 'floor'], 'script', 'page-host', 'json-lazy', 1),
    ...atMost(
      'Long tasks, worker host, page 4 times slower',
      'the idle page',
      difference('frames', 'longTasks', 'worker-host', 'idle'),
      0,
      '',
    ),
    ...atMost(
      'Dropped frames, worker host, page 4 times slower',
      'the idle page',
      difference('frames', 'droppedFrames', 'worker-host', 'idle'),
      0,
      '',
    ),
    ...['worker-host', 'page-host'].flatMap((host) => [
      ...atMost(
        `Renders for 2,000 messages about 25 of 50 components, ${host}`,
        'itself',
        median('renders', host, 'renders'),
        200,
        '',
      ),
      ...atMost(
        `Renders of components about whose bill nothing came, ${host}`,
        'itself',
        median('renders', host, 'idleRenders'),
        0,
        '',
      ),
      ...atMost(
        `JavaScript heap growth over all messages, ${host}`,
        'itself',
        median('heap', host, 'heapGrowth'),
        2_000,
        'kB',
      ),
    ]),
    ...atMost(
      'Published to shown at 1,000 messages a second, worker host, p99',
      'two frames',
      median('latency-1000', 'worker-host', 'p99'),
      2 * (1000 / 60),
      'ms',
    ),
    ...atMost(
      'Published to shown at 10 messages a second, worker host, p50 behind',
      'json-map',
      difference('latency-10', 'p50', 'worker-host', 'json-map'),
      2,
      'ms',
    ),
    ...atMost(
      'Loaded in all, gzip, worker host',
      'itself',
      median('startup', 'worker-host', 'bytes'),
      60,
      'kB',
    ),
    ...atMost(
      'Loaded before the first connect, gzip, worker host',
      'itself',
      median('startup', 'worker-host', 'bytesBefore'),
      10,
      'kB',
    ),
  ];
}

/** The dearest number of topics against the cheapest; the page reads 1 of 1, 10 of 10, else 50. */
function flat(results: Results): Goal[] {
  const values = ['topics-1', 'topics-10', 'plain', 'topics-2000'].map((measurement) =>
    results.median(measurement, 'worker-host', 'task'),
  );
  if (values.some((value) => value === null)) return [];
  const known = values as number[];
  return quotient(
    'Main thread per message, worker host, no React, 1, 10, 200 and 2,000 topics: most to least',
    'itself',
    Math.max(...known),
    Math.min(...known),
    1.25,
  );
}

function quotient(
  title: string,
  against: string,
  own: number | null,
  other: number | null,
  limit: number,
): Goal[] {
  if (own === null || other === null) return [];
  // Nothing is left above the floor of what it is compared with: then no ratio says anything.
  const value = other > 0 ? own / other : Infinity;
  return [
    {
      title,
      against,
      measured: asRatio(value),
      wanted: `at most ${asRatio(limit)}`,
      outcome: value <= limit ? 'reached' : 'missed',
    },
  ];
}

function asRatio(value: number): string {
  if (value <= 0) return 'nothing';
  return value < 1 ? `1/${(1 / value).toPrecision(2)}` : `${value.toFixed(2)}x`;
}

function withUnit(value: number, unit: string): string {
  const digits = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return unit === '' ? digits : `${digits} ${unit}`;
}
