import { useEffect, useMemo } from 'react';

import type { BillUpdate } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';
import { newestStanding, type Standing } from './standing';

/**
 * The last known standing of every bill that was shown. The updates that are kept of a busy bill may all be younger
 * than its last change of status.
 */
const lastKnown = new Map<number, Standing>();

export function useStanding(
  { id, status }: BillDescription,
  updates: readonly BillUpdate[],
): Standing | null {
  const found = useMemo(() => newestStanding(updates), [updates]);
  useEffect(() => {
    if (found !== null) lastKnown.set(id, found);
  }, [id, found]);
  return found ?? lastKnown.get(id) ?? (status === null ? null : { status });
}
