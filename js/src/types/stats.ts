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

/**
 * What a topic's messages come with. `exactly-ordered`: every message, once and in order, or a `gap` event says which are
 * missing; it takes a server of dialect v2. `best-effort`: in order on one connection, and what is sent while there is no
 * connection is not seen.
 */
export type DeliveryGuarantee = 'exactly-ordered' | 'best-effort';

/** How messages of exactly-ordered topics came. */
export interface StreamStats {
  /** Times messages were missing, each told by a `gap` event when it ended. */
  readonly gaps: number;
  /** Of those: a replay brought everything. */
  readonly recovered: number;
  /** Messages that came a second time, and were dropped. */
  readonly duplicatesDropped: number;
  /** Topics that went on after a reconnect from where they stood. */
  readonly resumed: number;
  /** Times everything was asked for again because a frame could not be read. */
  readonly resyncs: number;
}

/** What became of messages of this page. */
export interface SendingStats {
  readonly acknowledged: number;
  /** Sent more than once, because no acknowledgement came. */
  readonly resent: number;
  /** What waits to be sent or acknowledged. */
  readonly outbox: { readonly messages: number; readonly bytes: number };
  /** Handed to the socket, and not on the network yet. */
  readonly backlogBytes: number;
}

/** Frames of one direction that were deflated. */
export interface DeflatedFrames {
  readonly frames: number;
  /** As they were on the wire. */
  readonly wireBytes: number;
  /** Of the texts they stand for. */
  readonly textBytes: number;
}

/** Whether large messages are compressed. */
export interface CompressionStats {
  /**
   * `on`: this side and the server agreed. `offered`: this side asks for it at the next connection, or has asked and waits
   * for the answer. `off`: it is not used, for `reason`.
   */
  readonly state: 'off' | 'offered' | 'on';
  /** Why it is off. */
  readonly reason?: string;
  readonly sent: DeflatedFrames;
  readonly received: DeflatedFrames;
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
  /** By topic, of those that are subscribed on this page. */
  readonly delivery: Readonly<Record<string, DeliveryGuarantee>>;
  readonly streams: StreamStats;
  readonly sending: SendingStats;
  readonly compression: CompressionStats;
  readonly counters: EngineCounters;
}
