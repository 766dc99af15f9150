'use client';

import { useMemo } from 'react';

import type { BillId } from '../types.js';
import {
  billTrackingParts,
  noBillTracking,
  type BillTrackingState,
} from './bill-tracking-parts.js';
import { followBill } from './follow.js';
import { useRealTimeService } from './real-time-provider.js';
import { useTrackedView } from './use-tracked-view.js';
import { useWatchlist } from './use-watchlist.js';

export interface BillActions {
  /**
   * Subscribes this component to a bill, once however often it is called, until it unsubscribes or unmounts. The
   * function never changes. Starts the service when nobody has. Throws when `billId` is no bill's number.
   */
  readonly subscribeToBill: (billId: BillId) => void;
  /** Ends this component's subscription and nobody else's. The function never changes. */
  readonly unsubscribeFromBill: (billId: BillId) => void;
}

/** What `useBillTracking` returns. */
export interface BillTracking extends BillTrackingState, BillActions {}

/**
 * Follows bills. The component renders again only when something changed that it read from what this returns;
 * other bills cost it nothing.
 */
export function useBillTracking(): BillTracking {
  const service = useRealTimeService();
  const watchlist = useWatchlist(service, followBill);
  const makers = useMemo(() => billTrackingParts(service, watchlist), [service, watchlist]);
  const actions = useMemo<BillActions>(
    () => ({ subscribeToBill: watchlist.add, unsubscribeFromBill: watchlist.remove }),
    [watchlist],
  );
  return useTrackedView(service, makers, noBillTracking, actions);
}
