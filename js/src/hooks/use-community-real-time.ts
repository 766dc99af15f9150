'use client';

import { useMemo } from 'react';

import { typingActions, type CommunityActions } from './community-actions.js';
import { communityParts, noCommunity, type CommunityState } from './community-parts.js';
import { followDiscussion } from './follow.js';
import { useRealTimeService } from './real-time-provider.js';
import { useTrackedView } from './use-tracked-view.js';
import { useWatchlist } from './use-watchlist.js';

/** What `useCommunityRealTime` returns. */
export interface CommunityRealTime extends CommunityState, CommunityActions {}

/**
 * Follows discussions and takes part in them. The component renders again only when something changed that it read from
 * what this returns.
 */
export function useCommunityRealTime(): CommunityRealTime {
  const service = useRealTimeService();
  const watchlist = useWatchlist(service, followDiscussion);
  const makers = useMemo(() => communityParts(service, watchlist), [service, watchlist]);
  const actions = useMemo<CommunityActions>(
    () => ({
      ...typingActions(service),
      subscribeToDiscussion: watchlist.add,
      unsubscribeFromDiscussion: watchlist.remove,
      sendCommentUpdate: (billId, data, options) =>
        service.getCommunityService().sendCommentUpdate(billId, data, options),
      sendVoteUpdate: (billId, data, options) =>
        service.getCommunityService().sendVoteUpdate(billId, data, options),
    }),
    [service, watchlist],
  );
  return useTrackedView(service, makers, noCommunity, actions);
}
