/** What an application that uses the React Compiler has: one view per hook, written without a thought of it. */

import { useEffect } from 'react';

import {
  useBillTracking,
  useCommunityRealTime,
  useRealtimeEngagement,
  useWebSocket,
} from 'civic-realtime/react';

export function Bill({ id }: { id: number }) {
  const { subscribeToBill, unsubscribeFromBill, getBillUpdates, getEngagementMetrics } =
    useBillTracking();
  useEffect(() => {
    subscribeToBill(id);
    return () => unsubscribeFromBill(id);
  }, [id, subscribeToBill, unsubscribeFromBill]);
  const updates = getBillUpdates(id);
  return (
    <p>
      {updates.length} updates, {String(getEngagementMetrics(id)?.viewCount)} views
    </p>
  );
}

export function Discussion({ id }: { id: number }) {
  const { subscribeToDiscussion, unsubscribeFromDiscussion, recentComments, typingIndicators } =
    useCommunityRealTime();
  useEffect(() => {
    subscribeToDiscussion(id);
    return () => unsubscribeFromDiscussion(id);
  }, [id, subscribeToDiscussion, unsubscribeFromDiscussion]);
  const typing = typingIndicators.get(`${id}_root`) ?? [];
  return (
    <p>
      {recentComments.length} comments, {typing.length} typing
    </p>
  );
}

export function Inbox() {
  const { isConnected, notifications, notificationCount } = useWebSocket();
  return (
    <p>
      {isConnected ? 'connected' : 'not connected'}, {notificationCount} unread of{' '}
      {notifications.length}
    </p>
  );
}

export function Movers() {
  const { movers } = useRealtimeEngagement();
  return <p>{movers.length} move</p>;
}
