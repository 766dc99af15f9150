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

/** What came for one topic, since it was opened on this page. */
export interface TopicStats {
  readonly delivery: DeliveryGuarantee;
  readonly messages: number;
  /** Of these messages, as JSON. */
  readonly bytes: number;
  /** Records that a newer one of a full list replaced before the page took them. Only the newest are kept to be read. */
  readonly conflated: number;
  /** Messages for listeners that were left out because too many waited for the page; an `error` event told it. */
  readonly dropped: number;
  /** Messages that came a second time, and were dropped. */
  readonly duplicatesDropped: number;
  /** Times messages were missing, each told by a `gap` event. */
  readonly gaps: number;
  /** Of those: a replay brought everything. */
  readonly recovered: number;
  /** Memory that keeps what can be read of it. */
  readonly cacheBytes: number;
  /** Milliseconds since the Unix epoch; null: none has come. */
  readonly lastMessageAt: number | null;
}

/** How long the server took to answer pings: the newest hundred, also of earlier connections. */
export interface RoundTripStats {
  readonly samples: number;
  /** Half of the answers came within that time; null before the first. */
  readonly p50Ms: number | null;
  /** 99 of 100 answers; of fewer samples than that, the slowest. */
  readonly p99Ms: number | null;
  /** Oldest first. */
  readonly recentMs: readonly number[];
}

/** What went over the connection in one direction. */
export interface DirectionStats {
  readonly messages: number;
  /** As JSON. */
  readonly bytes: number;
  /** The same as it was on the wire, where some of it may have been compressed. */
  readonly wireBytes: number;
}

export interface TrafficStats {
  readonly received: DirectionStats;
  readonly sent: DirectionStats;
  /** Of all topics, as `TopicStats.conflated`. */
  readonly conflated: number;
  /** Of all topics, as `TopicStats.dropped`. */
  readonly dropped: number;
}

/** In bytes. */
export interface MemoryStats {
  /** All of the engine's WebAssembly memory; it holds the next two. Null before the engine was asked. */
  readonly engineBytes: number | null;
  /** What can be read of all topics; `websocket.cache.maxBytes` bounds it. */
  readonly cacheBytes: number;
  /** Messages that wait to be sent or acknowledged. */
  readonly outboxBytes: number;
  /** On the page: what came from the engine and may still be read. */
  readonly pageBytes: number;
}

/** One change of the connection. */
export interface ConnectionChange {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly state: ConnectionState;
  readonly quality: ConnectionQuality;
  /** Reconnecting attempts since the connection was last stable. */
  readonly attempt: number;
  /** While connected: what is spoken. */
  readonly dialect?: 'v1' | 'v2';
  /** While connected, when both sides agreed on it. */
  readonly compression?: 'deflate-raw';
  /** With which the connection was closed. */
  readonly code?: number;
  /** What the server said when it closed the connection. */
  readonly reason?: string;
  /** How long the next attempt waits. */
  readonly retryInMs?: number;
  /** What went wrong: a name and a sentence. */
  readonly error?: { readonly code: string; readonly message: string };
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
  /**
   * When the engine counted `topics`, `roundTrip` and `memory.engineBytes`, in milliseconds since the Unix epoch; null: it
   * has not been asked. What only counts is otherwise as of the last news that reached the page.
   */
  readonly countedAt: number | null;
  /** By topic, of those that are subscribed on this page. */
  readonly delivery: Readonly<Record<string, DeliveryGuarantee>>;
  /** By topic, of the same. */
  readonly topics: Readonly<Record<string, TopicStats>>;
  readonly roundTrip: RoundTripStats;
  readonly traffic: TrafficStats;
  readonly memory: MemoryStats;
  /** The newest hundred changes of the connection, oldest first. */
  readonly timeline: readonly ConnectionChange[];
  readonly streams: StreamStats;
  readonly sending: SendingStats;
  readonly compression: CompressionStats;
  readonly counters: EngineCounters;
}
