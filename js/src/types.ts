// Every public type of the package. Times are milliseconds unless a name says otherwise; sizes are bytes.

import type { CounterName } from './engine/abi.js';

/** The states of the connection. `CLOSED` is accepted as a synonym of `DISCONNECTED`; it is never reported. */
export const ConnectionState = {
  DISCONNECTED: 'disconnected',
  CONNECTING: 'connecting',
  CONNECTED: 'connected',
  RECONNECTING: 'reconnecting',
  FAILED: 'failed',
  CLOSED: 'closed',
} as const;

/**
 * - `disconnected`: nobody asked for a connection, or `disconnect()` was called, or the server said it is finished.
 * - `connecting`: the first attempt is under way.
 * - `connected`: messages flow.
 * - `reconnecting`: the connection was lost; the next attempt is waiting or under way.
 * - `failed`: no further attempt is made until `connect()` is called; the `error` event said why.
 * - `closed`: a synonym of `disconnected` for callers that compare with it; it is never reported.
 */
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];

/** How the connection feels: from the time a ping takes to come back and from pings that did not. */
export type ConnectionQuality = 'excellent' | 'good' | 'poor' | 'disconnected';

/** An ISO 8601 string or milliseconds since the Unix epoch, as the server sent it. */
export type Timestamp = string | number;

/** A bill's id as callers have it; `123` and `'123'` are the same bill. */
export type BillId = number | string;

/** The kinds of bill update that are known by name; a server may send others. */
export type KnownBillUpdateType =
  | 'status_change'
  | 'new_comment'
  | 'amendment'
  | 'voting_scheduled'
  | 'engagement_change'
  | 'constitutional_flag'
  | 'expert_analysis';

/** A known kind, or whatever else the server calls it. */
export type BillUpdateType = KnownBillUpdateType | (string & {});

/** What an update says: always its bill, and every field the server sent. */
export interface BillUpdateData {
  readonly billId: number;
  readonly [field: string]: unknown;
}

/** One thing that happened to a bill. */
export interface BillUpdate {
  readonly type: BillUpdateType;
  readonly data: BillUpdateData;
  /** When it happened; the time of arrival when the server did not say. */
  readonly timestamp: Timestamp;
}

/** How much attention a bill gets, as the server last counted it. */
export interface EngagementMetrics {
  readonly bill_id: number;
  readonly viewCount: number;
  readonly saveCount: number;
  readonly commentCount: number;
  readonly shareCount: number;
  readonly timestamp: Timestamp;
  /** Further measures that a server may send, such as `communitySentiment`. */
  readonly [measure: string]: unknown;
}

/** A message of the protocol as it crosses the wire. */
export interface RealTimeMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A hole in a topic's messages that the server could not fill. Both ends are inclusive. */
export interface Gap {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
}

/** High priority crosses to the page at once; the others wait for the next frame. */
export type SubscriptionPriority = 'high' | 'medium' | 'low';

/** A value a message's field may be compared with. */
export type FilterValue = string | number | boolean | null;

/** Every named field must equal the value, or be one of the listed values. */
export type SubscriptionFilters = Readonly<Record<string, FilterValue | readonly FilterValue[]>>;

export interface SubscriptionOptions {
  readonly filters?: SubscriptionFilters;
  /** `medium` unless said otherwise. */
  readonly priority?: SubscriptionPriority;
}

/** Called with every message of a topic, in order. */
export type MessageCallback = (message: RealTimeMessage) => void;

/** The kinds of thing `RealTimeService.subscribe` knows. */
export type RealTimeSubscriptionType =
  'bill' | 'community' | 'expert' | 'user_notifications' | 'expert_updates';

export interface RealTimeSubscription {
  readonly type: RealTimeSubscriptionType;
  /** The bill, discussion, expert or user it is about. */
  readonly id: string | number;
  readonly filters?: SubscriptionFilters;
}

/** What `on` of a `RealTimeService` can listen to, with the arguments of each listener. */
export interface RealTimeEvents {
  connected: [];
  disconnected: [];
  connectionChange: [connected: boolean];
  error: [error: Error];
  /** Every message, also those of unknown type. */
  message: [message: RealTimeMessage];
  billUpdate: [update: BillUpdate];
  engagementUpdate: [metrics: EngagementMetrics];
  communityUpdate: [message: RealTimeMessage];
  typingIndicator: [message: RealTimeMessage];
  commentUpdate: [message: RealTimeMessage];
  voteUpdate: [message: RealTimeMessage];
  expertActivity: [message: RealTimeMessage];
  moderationEvent: [message: RealTimeMessage];
  notification: [message: RealTimeMessage];
  gap: [gap: Gap];
}

export type RealTimeEventName = keyof RealTimeEvents;

/** What `on` of a `UnifiedWebSocketManager` can listen to: the service's events and the full connection state. */
export interface WebSocketEvents extends RealTimeEvents {
  stateChange: [state: ConnectionState, previous: ConnectionState];
}

/** One handler per event, for callers that want them all in one place. */
export interface RealTimeHandlers {
  onConnectionChange?: (connected: boolean) => void;
  onError?: (error: Error) => void;
  onBillUpdate?: (update: BillUpdate) => void;
  onCommunityUpdate?: (message: RealTimeMessage) => void;
  onNotification?: (message: RealTimeMessage) => void;
  onTypingIndicator?: (message: RealTimeMessage) => void;
  onCommentUpdate?: (message: RealTimeMessage) => void;
  onVoteUpdate?: (message: RealTimeMessage) => void;
  onEngagementUpdate?: (metrics: EngagementMetrics) => void;
  onExpertActivity?: (message: RealTimeMessage) => void;
}

/** How a token reaches the server. */
export type TokenTransport = 'query' | 'message' | 'subprotocol';

/** Where the engine runs. */
export type EngineHost = 'worker' | 'page';

export type ReconnectBackoff = 'exponential' | 'linear';

export interface HeartbeatConfig {
  enabled: boolean;
  /** Milliseconds between pings; 30000. */
  interval: number;
  /** Milliseconds a ping may stay unanswered before the connection counts as lost; 5000. */
  timeout: number;
}

export interface ReconnectConfig {
  enabled: boolean;
  /** Attempts before the state becomes `failed`; 5. `Infinity`: never give up. */
  maxAttempts: number;
  /** Milliseconds before the first attempt; 2000. */
  delay: number;
  /** Milliseconds no wait exceeds; 30000. Every wait is random between 0 and its limit. */
  maxDelay: number;
  backoff: ReconnectBackoff;
}

export interface MessageConfig {
  /** Deflate large messages, where the server agrees; false. */
  compression: boolean;
  /** Send what may wait in batches; true. */
  batching: boolean;
  /** Messages in a batch at most; 10. */
  batchSize: number;
  /** Milliseconds a message waits for its batch at most; 1000. */
  batchInterval: number;
}

export interface SecurityConfig {
  /** Refuse to connect from a page whose origin is not allowed; pages on this machine always are. */
  validateOrigin: boolean;
  allowedOrigins: readonly string[];
}

/** Resolves to a token, or null for none. Called when a connection needs one and when one has expired. */
export type GetToken = () => Promise<string | null> | string | null;

export interface WebSocketConfig {
  /** `ws:` or `wss:`, without a fragment. */
  url: string;
  /** Subprotocols in the order in which they are offered. */
  protocols: readonly string[];
  heartbeat: HeartbeatConfig;
  reconnect: ReconnectConfig;
  message: MessageConfig;
  security: SecurityConfig;
  /** `query` unless said otherwise. */
  auth: TokenTransport;
  getToken?: GetToken;
  /** `worker` unless said otherwise; where there is no Worker, `page` is used. */
  host: EngineHost;
}

/**
 * Kept for callers of the module this package replaces. There is one connection, which `websocket.reconnect` and
 * `websocket.heartbeat` describe, and changes cross once per frame, so these values are checked and otherwise unused.
 */
export interface BillsConfig {
  autoReconnect: boolean;
  maxReconnectAttempts: number;
  reconnectDelay: number;
  heartbeatInterval: number;
  batchUpdateInterval: number;
  maxBatchSize: number;
}

export interface CommunityConfig {
  /** Milliseconds until a typing indicator stops itself; 3000. */
  typingIndicatorTimeout: number;
  maxConcurrentSubscriptions: number;
  enablePresence: boolean;
}

export interface NotificationsConfig {
  maxQueueSize: number;
  persistOffline: boolean;
  enablePush: boolean;
}

/** How many of each are kept; the oldest go first. */
export interface LimitsConfig {
  /** Updates of one bill; 50. */
  billUpdates: number;
  comments: number;
  votes: number;
  notifications: number;
  activity: number;
}

export interface CacheConfig {
  /** Bytes of received records that are kept in all; 32 MiB. Over it the least recently used topic is emptied. */
  maxBytes: number;
}

export interface SubscriptionsConfig {
  /** Milliseconds a topic stays subscribed after its last subscriber left; 2000. */
  lingerMs: number;
}

export interface RealTimeConfig {
  websocket: WebSocketConfig;
  bills: BillsConfig;
  community: CommunityConfig;
  notifications: NotificationsConfig;
  limits: LimitsConfig;
  cache: CacheConfig;
  subscriptions: SubscriptionsConfig;
}

/** A configuration as callers write it: fields may be left out; values are checked when it is used. */
export interface WebSocketConfigInput {
  url?: string;
  protocols?: readonly string[];
  heartbeat?: Partial<HeartbeatConfig>;
  reconnect?: Partial<Omit<ReconnectConfig, 'backoff'>> & {
    backoff?: ReconnectBackoff | (string & {});
  };
  message?: Partial<MessageConfig>;
  security?: Partial<SecurityConfig>;
  auth?: TokenTransport | (string & {});
  getToken?: GetToken;
  host?: EngineHost | (string & {});
}

/** A configuration as callers write it: fields may be left out; values are checked when it is used. */
export interface RealTimeConfigInput {
  websocket?: WebSocketConfigInput;
  bills?: Partial<BillsConfig>;
  community?: Partial<CommunityConfig>;
  notifications?: Partial<NotificationsConfig>;
  limits?: Partial<LimitsConfig>;
  cache?: Partial<CacheConfig>;
  subscriptions?: Partial<SubscriptionsConfig>;
}

export interface BillTrackingStats {
  readonly subscribedBills: number;
  /** Updates kept for the subscribed bills. */
  readonly totalUpdates: number;
  /** Always 0: updates are never queued, they are state at once. */
  readonly queuedUpdates: number;
  /** Subscribed bills whose engagement is known. */
  readonly engagementMetrics: number;
}

/** Counters of the engine, as of the last bundle that reached the page. */
export type EngineCounters = Readonly<Record<CounterName, number>>;

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
  readonly counters: EngineCounters;
}
