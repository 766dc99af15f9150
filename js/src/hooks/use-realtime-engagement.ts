'use client';

import { useMemo } from 'react';

import { typingActions, type TypingActions } from './community-actions.js';
import { engagementParts, noEngagement, type EngagementState } from './engagement-parts.js';
import { followBill } from './follow.js';
import { useRealTimeService } from './real-time-provider.js';
import type { BillActions } from './use-bill-tracking.js';
import { useTrackedView } from './use-tracked-view.js';
import { useWatchlist } from './use-watchlist.js';

/** What `useRealtimeEngagement` returns. */
export interface RealtimeEngagement extends EngagementState, BillActions, TypingActions {}

/**
 * Follows how much attention bills get, and how that moves. The component renders again only when something changed
 * that it read from what this returns.
 */
export function useRealtimeEngagement(): RealtimeEngagement {
  const service = useRealTimeService();
  const watchlist = useWatchlist(service, followBill);
  const makers = useMemo(() => engagementParts(service, watchlist), [service, watchlist]);
  const actions = useMemo<BillActions & TypingActions>(
    () => ({
      ...typingActions(service),
      subscribeToBill: watchlist.add,
      unsubscribeFromBill: watchlist.remove,
    }),
    [service, watchlist],
  );
  return useTrackedView(service, makers, noEngagement, actions);
}

/** The same hook under the name that is spelled like the others. */
export const useRealTimeEngagement = useRealtimeEngagement;
