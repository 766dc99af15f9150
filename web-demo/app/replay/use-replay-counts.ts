import { useEffect, useState, useSyncExternalStore } from 'react';

import type { BillCounts } from '../gateway/bill-description';
import { ReplayCounter } from './replay-counter';

/** Counts what happens to these bills for as long as the component is there. */
export function useReplayCounts(billIds: readonly number[]): ReadonlyMap<number, BillCounts> {
  const [counter] = useState(() => new ReplayCounter());
  useEffect(() => counter.follow(billIds), [counter, billIds]);
  return useSyncExternalStore(counter.watch, counter.snapshot);
}
