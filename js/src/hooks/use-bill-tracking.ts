'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import type { BillId } from '../types.js';
import { BillTrackingView, emptyState, type BillTrackingState } from './bill-tracking-view.js';
import { useRealTimeService } from './real-time-provider.js';
import { Watchlist } from './watchlist.js';

/** What `useBillTracking` returns. */
export interface BillTracking extends BillTrackingState {
  /**
   * Subscribes this component to a bill, once however often it is called, until it unsubscribes or unmounts. The
   * function never changes. Starts the service when nobody has. Throws when `billId` is no bill's number.
   */
  readonly subscribeToBill: (billId: BillId) => void;
  /** Ends this component's subscription and nobody else's. The function never changes. */
  readonly unsubscribeFromBill: (billId: BillId) => void;
}

/**
 * Follows bills. The component renders again only when something changed that it read from what this returns;
 * other bills cost it nothing.
 */
export function useBillTracking(): BillTracking {
  const service = useRealTimeService();
  const [watchlist] = useState(() => new Watchlist());
  const view = useMemo(() => new BillTrackingView(service, watchlist), [service, watchlist]);
  const state = useSyncExternalStore(view.subscribe, view.getSnapshot, getServerSnapshot);
  useEffect(() => watchlist.attach(service), [service, watchlist]);
  return useMemo(() => withActions(state, watchlist), [state, watchlist]);
}

function getServerSnapshot(): BillTrackingState {
  return emptyState;
}

function withActions(state: BillTrackingState, watchlist: Watchlist): BillTracking {
  const { subscribeToBill, unsubscribeFromBill } = watchlist;
  const { billUpdates, engagementMetrics, getBillUpdates, getEngagementMetrics } = state;
  return {
    // Asked for only when somebody looks: looking is what makes a component depend on them.
    get isConnected() {
      return state.isConnected;
    },
    get subscribedBills() {
      return state.subscribedBills;
    },
    billUpdates,
    engagementMetrics,
    getBillUpdates,
    getEngagementMetrics,
    subscribeToBill,
    unsubscribeFromBill,
  };
}
