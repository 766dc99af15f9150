import type { CounterName } from '../engine/abi.js';
import type { ConnectionQuality, ConnectionState } from './connection.js';
import type { NotificationPriority } from './notification.js';

export interface BillTrackingStats {
  readonly subscribedBills: number;
  /** Updates kept for the subscribed bills. */
  readonly totalUpdates: number;
  /** Always 0: updates are never queued, they are state at once. */
  readonly queuedUpdates: number;
  /** Subscribed bills whose engagement is known. */
  readonly engagementMetrics: number;
}

export interface CommunityStats {
  readonly subscribedDiscussions: number;
  /** Subscribed topics of every kind, as `community.maxConcurrentSubscriptions` counts them. */
  readonly subscriptions: number;
  readonly maxConcurrentSubscriptions: number;
  /** Of the subscribed discussions, as all below. */
  readonly typingUsers: number;
  readonly comments: number;
  readonly votes: number;
}

export interface NotificationStats {
  readonly totalNotifications: number;
  readonly unreadNotifications: number;
  readonly notificationsByType: Readonly<Record<string, number>>;
  readonly notificationsByPriority: Readonly<Partial<Record<NotificationPriority, number>>>;
  readonly isSubscribed: boolean;
}

/** Counters of the engine, as of the last bundle that reached the page. */
export type EngineCounters = Readonly<Record<CounterName, number>>;

/** Whether outgoing messages are compressed, and if not, why not. */
export interface CompressionStats {
  readonly isActive: boolean;
  readonly reason: string;
}

export interface RealTimeStats {
  readonly connectionState: ConnectionState;
  readonly isConnected: boolean;
  readonly connectionQuality: ConnectionQuality;
  /** Subscriptions of every kind on this page. */
  readonly subscriptionCount: number;
  readonly billSubscriptions: number;
  readonly communitySubscriptions: number;
  readonly notificationSubscriptions: number;
  /** Reconnecting attempts since the connection was last stable. */
  readonly reconnectAttempts: number;
  readonly compression: CompressionStats;
  readonly counters: EngineCounters;
}
