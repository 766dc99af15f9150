import type {
  BillsConfig,
  CacheConfig,
  CommunityConfig,
  EngineHost,
  GetToken,
  HeartbeatConfig,
  LimitsConfig,
  LoggingConfig,
  MessageConfig,
  NotificationsConfig,
  PerformanceConfig,
  ReconnectBackoff,
  ReconnectConfig,
  RecordingConfig,
  SecurityConfig,
  SubscriptionsConfig,
  TokenTransport,
} from './config.js';
import type { LogLevel } from './logging.js';

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
  recording?: Partial<RecordingConfig>;
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
  logging?: Partial<Omit<LoggingConfig, 'level'>> & { level?: LogLevel | (string & {}) };
  performance?: Partial<PerformanceConfig>;
}
