import type { FigureName } from './figures.js';
import type { MeasurementResult, SubjectResult } from './report.js';
import type { Spread } from './statistics.js';

/** Looks figures up by name. */
export class Results {
  constructor(private readonly measurements: readonly MeasurementResult[]) {}

  /** Null when it was not measured. */
  spread(measurement: string, subject: string, figure: FigureName): Spread | null {
    return this.subject(measurement, subject)?.figures[figure] ?? null;
  }

  /** The median; null when it was not measured. */
  median(measurement: string, subject: string, figure: FigureName): number | null {
    return this.spread(measurement, subject, figure)?.median ?? null;
  }

  private subject(measurement: string, subject: string): SubjectResult | undefined {
    return this.measurements
      .find(({ name }) => name === measurement)
      ?.subjects.find(({ name }) => name === subject);
  }
}
