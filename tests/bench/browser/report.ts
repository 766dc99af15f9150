import type { FigureName } from './figures.js';
import type { Goal } from './goals.js';
import type { Machine } from './machine.js';
import type { Spread } from './statistics.js';

/** One subject in one measurement, over all its rounds. */
export interface SubjectResult {
  readonly name: string;
  readonly title: string;
  readonly figures: Readonly<Partial<Record<FigureName, Spread>>>;
}

export interface MeasurementResult {
  readonly name: string;
  readonly title: string;
  readonly messages: number;
  readonly subjects: readonly SubjectResult[];
}

/** What `build/bench/latest.json` holds. */
export interface Report {
  readonly startedAt: string;
  readonly suite: string;
  readonly rounds: number;
  readonly machine: Machine;
  /** Programs that ran or wanted to, on average over the last minute, before and after. */
  readonly load: readonly [number, number];
  readonly measurements: readonly MeasurementResult[];
  readonly goals: readonly Goal[];
}
