import { useLayoutEffect, type ReactNode } from 'react';

import { latencies } from './latencies.js';
import type { Update } from './subject.js';

/** Renders by bill, of all cards together. */
export const renders = new Map<number, number>();

export interface BillCardProps {
  readonly bill: number;
  readonly updates: readonly Update[];
}

/** What every subject shows of a bill, and where its renders are counted. Call it as a hook: it has an effect. */
export function useBillCard({ bill, updates }: BillCardProps): ReactNode {
  renders.set(bill, (renders.get(bill) ?? 0) + 1);
  useLayoutEffect(() => {
    latencies.committed(bill, updates);
  }, [bill, updates]);
  const newest = updates.at(-1);
  return (
    <article>
      <h2>Bill {bill}</h2>
      <p>{newest === undefined ? 'nothing yet' : String(newest.data['newStatus'])}</p>
      <p>{String(newest?.data['note'] ?? '')}</p>
      <p>
        <time>{String(newest?.timestamp ?? '')}</time>, {updates.length} updates
      </p>
    </article>
  );
}
