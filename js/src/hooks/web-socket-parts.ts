import { holding } from '../services/readable.js';
import type { RealTimeService } from '../services/realtime-service.js';
import { recentActivityOf } from '../services/recent-activity.js';
import type { ConnectionQuality, RealTimeNotification, RecentActivity } from '../types.js';
import { connectedPart, connectionPart } from './connection-part.js';
import type { PartMakers } from './tracked-view.js';

/** What a component can read. Reading a property or calling a reader is what makes the component depend on it. */
export interface WebSocketState {
  readonly isConnected: boolean;
  /** The first attempt is under way, or the engine tries to get a lost connection back. */
  readonly isConnecting: boolean;
  readonly connectionQuality: ConnectionQuality;
  /** What keeps the connection away, as a sentence. */
  readonly error: string | null;
  /** Newest first. Looking at it subscribes to the user's notifications, as does looking at their number. */
  readonly notifications: readonly RealTimeNotification[];
  /** How many of them are unread. */
  readonly notificationCount: number;
  /**
   * What happened lately, newest first, in the discussions and notifications this page has subscribed to; 10 unless said
   * otherwise. A new function when what it returned changed.
   */
  readonly getRecentActivity: (limit?: number) => readonly RecentActivity[];
}

export function webSocketParts(service: RealTimeService): PartMakers<WebSocketState> {
  const subscribeToNotifications = (): (() => void) => {
    const notifications = service.getNotificationService();
    notifications.subscribeToNotifications();
    return () => {
      notifications.unsubscribeFromNotifications();
    };
  };
  return {
    isConnected: connectedPart(service),
    isConnecting: connectionPart(
      service,
      'isConnecting',
      ({ state }) => state === 'connecting' || state === 'reconnecting',
    ),
    connectionQuality: connectionPart(service, 'quality', ({ quality }) => quality),
    error: connectionPart(service, 'error', ({ error }) => error?.message ?? null),
    notifications: (tracker) => () => {
      const all = service.getNotificationService();
      tracker.note('notifications', () => holding(all.notifications, subscribeToNotifications));
      return all.getAllNotifications();
    },
    notificationCount: (tracker) => () => {
      const notifications = service.getNotificationService();
      tracker.note('unread', () => holding(notifications.unread, subscribeToNotifications));
      return notifications.getUnreadCount();
    },
    getRecentActivity: (tracker) => {
      const read = (limit = 10): readonly RecentActivity[] => {
        const community = service.getCommunityService();
        const notifications = service.getNotificationService();
        tracker.note('subscriptions', () => community.subscriptions);
        tracker.note('community', () => community.everything());
        tracker.note('all notifications', () => notifications.notifications);
        return recentActivityOf(community, notifications, limit);
      };
      return () => read;
    },
  };
}

const nothing: readonly never[] = Object.freeze([]);

/** What there is to read on a server. */
export const noWebSocket: WebSocketState = Object.freeze({
  isConnected: false,
  isConnecting: false,
  connectionQuality: 'disconnected',
  error: null,
  notifications: nothing,
  notificationCount: 0,
  getRecentActivity: () => nothing,
});
