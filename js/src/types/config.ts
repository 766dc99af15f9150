import type { Logger, LogLevel } from './logging.js';

/** How a token reaches the server. */
export type TokenTransport = 'query' | 'message' | 'subprotocol';

/** Where the engine runs. */
export type EngineHost = 'worker' | 'page';

export type ReconnectBackoff = 'exponential' | 'linear';

export interface HeartbeatConfig {
  /** Ask a quiet connection whether it lives; true. */
  enabled: boolean;
  /** Milliseconds between pings; 30000. */
  interval: number;
  /** Milliseconds a ping may stay unanswered before the connection counts as lost; 5000. */
  timeout: number;
}

export interface ReconnectConfig {
  /** Connect again after a connection was lost; true. */
  enabled: boolean;
  /** Attempts before the state becomes `failed`; 5. `Infinity`: never give up. */
  maxAttempts: number;
  /** Milliseconds before the first attempt; 2000. */
  delay: number;
  /** Milliseconds no wait exceeds; 30000. Every wait is random between 0 and its limit. */
  maxDelay: number;
  /** How the limit of the waits grows: `exponential` doubles it, `linear` adds `delay`. */
  backoff: ReconnectBackoff;
}

export interface MessageConfig {
  /** Deflate large messages, where the server agrees, which no server of dialect v1 can; false. */
  compression: boolean;
  /** Send what may wait in batches; true. */
  batching: boolean;
  /** Messages in a batch at most; 10. */
  batchSize: number;
  /** Milliseconds a message waits for its batch at most; 1000. */
  batchInterval: number;
}

export interface RecordingConfig {
  /**
   * Load the engine that keeps its last inputs, for `exportRecording`; false. It is a file of its own, 12 kB larger, so that
   * who does not record pays nothing. Nothing leaves the page by itself.
   */
  enabled: boolean;
  /** Bytes of memory for them; 524288. */
  maxBytes: number;
}

export interface SecurityConfig {
  /** Refuse to connect from a page whose origin is not allowed; pages on this machine always are. */
  validateOrigin: boolean;
  /** Origins of the pages that may connect. */
  allowedOrigins: readonly string[];
  /** Let a token be part of a `ws:` address that is not of this machine, where everybody on the way can read it; false. */
  allowInsecureToken: boolean;
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
  recording: RecordingConfig;
  /** How the token travels: in the address, in the first message, or as a subprotocol. */
  auth: TokenTransport;
  /** Resolves to a token, or null for none. Asked when a connection needs one and when one has expired. */
  getToken?: GetToken;
  /** Where the engine runs: in a worker of its own, or on the page. Where there is no Worker, `page` is used. */
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
  /** Milliseconds after the last keystroke until a typing indicator stops itself; 3000. */
  typingIndicatorTimeout: number;
  /** Topics that `CommunityService` may have subscribed at the same time; 20. One more is an error. */
  maxConcurrentSubscriptions: number;
  /** Keep how many people are in a discussion, where the server tells; true. */
  enablePresence: boolean;
}

export interface NotificationsConfig {
  /** Notifications that are kept; 100. At this default `limits.notifications` decides. */
  maxQueueSize: number;
  /** Keep unread notifications of a user, and messages that wait to be sent, in the browser until the next visit; true. */
  persistOffline: boolean;
  /** Allow Web Push: `enablePush` of the notification service, and what its service worker hands over; false. */
  enablePush: boolean;
}

/** How many of each are kept; the oldest go first. */
export interface LimitsConfig {
  /** Updates of one bill; 50. */
  billUpdates: number;
  /** Comments of one discussion; 100. */
  comments: number;
  /** Votes of one discussion; 100. */
  votes: number;
  /** Notifications of the user; 100, unless `notifications.maxQueueSize` says otherwise. */
  notifications: number;
  /** Entries of one topic's activity; 20. */
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

/** What developers are told; nothing unless asked for. Tokens and the contents of messages are never part of it. */
export interface LoggingConfig {
  /** `silent`, or lines of this level and all that are more serious; silent. */
  level: LogLevel;
  /** What takes the lines; `console` unless said otherwise. */
  logger?: Logger;
}

export interface PerformanceConfig {
  /**
   * Write `performance.measure` entries for frames taken in, bundles and reading, which DevTools show in their timeline;
   * false. For looking, not for production: an entry costs as much as a message.
   */
  measure: boolean;
}

export interface RealTimeConfig {
  websocket: WebSocketConfig;
  bills: BillsConfig;
  community: CommunityConfig;
  notifications: NotificationsConfig;
  limits: LimitsConfig;
  cache: CacheConfig;
  subscriptions: SubscriptionsConfig;
  logging: LoggingConfig;
  performance: PerformanceConfig;
}
