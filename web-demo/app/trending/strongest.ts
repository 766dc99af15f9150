import type { BillMover, EngagementMeasure } from '@client/core/realtime';

import { measures } from './measures';

/** What there is most of, so that a bill that is commented on is not said to have no views. */
export function strongestMeasure(perMinute: BillMover['perMinute']): EngagementMeasure {
  return measures.reduce((best, measure) =>
    perMinute[measure] > perMinute[best] ? measure : best,
  );
}
