import { useEffect, useMemo } from 'react';

import {
  realTimeService,
  useCommunityRealTime,
  type CommunityRealTime,
  type CommunityActivity,
  type VoteUpdate,
} from '@client/core/realtime';

import { foldComments, type Comment } from './comment';

export interface Discussion {
  readonly community: CommunityRealTime;
  /** Oldest first. */
  readonly comments: readonly Comment[];
  /** Newest first. */
  readonly votes: readonly VoteUpdate[];
  readonly activity: readonly CommunityActivity[];
}

/** As many as the package keeps unless it is told otherwise. */
const kept = 100;

/** Follows a bill's discussion for as long as the component is there. */
export function useDiscussion(billId: number): Discussion {
  const community = useCommunityRealTime();
  const { subscribeToDiscussion, unsubscribeFromDiscussion } = community;
  useEffect(() => {
    subscribeToDiscussion(billId);
    return () => {
      unsubscribeFromDiscussion(billId);
    };
  }, [billId, subscribeToDiscussion, unsubscribeFromDiscussion]);

  // The hook hands over the newest of each, and a new array when there is news; then all of them are looked at.
  const { recentComments, recentVotes, recentActivity } = community;
  const comments = useMemo(
    () => (recentComments.length === 0 ? [] : foldComments(allComments(billId))),
    [billId, recentComments],
  );
  const votes = useMemo(
    () => (recentVotes.length === 0 ? [] : allVotes(billId)),
    [billId, recentVotes],
  );
  return { community, comments, votes, activity: recentActivity };
}

function allComments(billId: number) {
  return realTimeService.getCommunityService().getRecentComments(kept, billId);
}

function allVotes(billId: number) {
  return realTimeService.getCommunityService().getRecentVotes(kept, billId);
}
