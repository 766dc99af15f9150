import type { RealTimeConfig, WebSocketConfig } from '../types.js';
import * as rule from './rule.js';

/** One rule per field, in the shape of the configuration. */
export type Schema<Config> = {
  readonly [Field in keyof Config]-?: rule.Rule | Schema<Config[Field]>;
};

export const webSocketSchema = {
  url: rule.webSocketUrl,
  protocols: rule.subprotocols,
  heartbeat: {
    enabled: rule.boolean,
    interval: rule.milliseconds(),
    timeout: rule.milliseconds(),
  },
  reconnect: {
    enabled: rule.boolean,
    maxAttempts: rule.attempts,
    delay: rule.milliseconds(),
    maxDelay: rule.milliseconds(),
    backoff: rule.oneOf('exponential', 'linear'),
  },
  message: {
    compression: rule.boolean,
    batching: rule.boolean,
    batchSize: rule.count(1, 10_000),
    batchInterval: rule.milliseconds(0),
  },
  security: {
    validateOrigin: rule.boolean,
    allowedOrigins: rule.origins,
    allowInsecureToken: rule.boolean,
  },
  recording: {
    enabled: rule.boolean,
    maxBytes: rule.count(16_384, 67_108_864),
  },
  auth: rule.oneOf('query', 'message', 'subprotocol'),
  getToken: rule.optionalFunction,
  host: rule.oneOf('worker', 'page'),
} satisfies Schema<WebSocketConfig>;

export const realTimeSchema = {
  websocket: webSocketSchema,
  bills: {
    autoReconnect: rule.boolean,
    maxReconnectAttempts: rule.attempts,
    reconnectDelay: rule.milliseconds(),
    heartbeatInterval: rule.milliseconds(),
    batchUpdateInterval: rule.milliseconds(0),
    maxBatchSize: rule.count(1, 10_000),
  },
  community: {
    typingIndicatorTimeout: rule.milliseconds(),
    maxConcurrentSubscriptions: rule.count(1, 1_000_000),
    enablePresence: rule.boolean,
  },
  notifications: {
    maxQueueSize: rule.count(1, 10_000),
    persistOffline: rule.boolean,
    enablePush: rule.boolean,
  },
  limits: {
    billUpdates: rule.count(1, 10_000),
    comments: rule.count(1, 10_000),
    votes: rule.count(1, 10_000),
    notifications: rule.count(1, 10_000),
    activity: rule.count(1, 10_000),
  },
  cache: {
    maxBytes: rule.count(65_536, 1_073_741_824),
  },
  subscriptions: {
    lingerMs: rule.milliseconds(0),
  },
  logging: {
    level: rule.oneOf('silent', 'error', 'warn', 'info', 'debug'),
    logger: rule.optionalLogger,
  },
  performance: {
    measure: rule.boolean,
  },
} satisfies Schema<RealTimeConfig>;
