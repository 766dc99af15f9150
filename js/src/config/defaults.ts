import type { RealTimeConfig, WebSocketConfig } from '../types.js';

const productionOrigins = ['https://civic-engagement.app'] as const;

/** What holds in every environment unless something says otherwise. Frozen; use `getWebSocketConfig` to build on it. */
export const defaultWebSocketConfig: Readonly<WebSocketConfig> = deepFreeze({
  url: 'ws://localhost:3001/ws',
  protocols: ['civic-engagement-v1', 'civic-engagement-v2'],
  heartbeat: { enabled: true, interval: 30_000, timeout: 5_000 },
  reconnect: {
    enabled: true,
    maxAttempts: 5,
    delay: 2_000,
    maxDelay: 30_000,
    backoff: 'exponential',
  },
  message: { compression: false, batching: true, batchSize: 10, batchInterval: 1_000 },
  security: {
    validateOrigin: true,
    allowedOrigins: ['http://localhost:3000', 'http://localhost:5173', ...productionOrigins],
    allowInsecureToken: false,
  },
  recording: { enabled: false, maxBytes: 524_288 },
  auth: 'query',
  host: 'worker',
});

/** What holds in every environment unless something says otherwise. Frozen; use `getRealTimeConfig` to build on it. */
export const defaultRealTimeConfig: Readonly<RealTimeConfig> = deepFreeze({
  websocket: defaultWebSocketConfig,
  bills: {
    autoReconnect: true,
    maxReconnectAttempts: 5,
    reconnectDelay: 2_000,
    heartbeatInterval: 30_000,
    batchUpdateInterval: 1_000,
    maxBatchSize: 50,
  },
  community: {
    typingIndicatorTimeout: 3_000,
    maxConcurrentSubscriptions: 20,
    enablePresence: true,
  },
  notifications: { maxQueueSize: 100, persistOffline: true, enablePush: false },
  limits: { billUpdates: 50, comments: 100, votes: 100, notifications: 100, activity: 20 },
  cache: { maxBytes: 33_554_432 },
  subscriptions: { lingerMs: 2_000 },
  logging: { level: 'silent' },
  performance: { measure: false },
});

/** What development changes. */
export const developmentChanges = {
  heartbeat: { interval: 15_000 },
  reconnect: { delay: 1_000 },
  security: { validateOrigin: false },
} as const;

/** What production changes. */
export const productionChanges = {
  url: 'wss://api.civic-engagement.app/ws',
  message: { compression: true },
  security: { validateOrigin: true, allowedOrigins: productionOrigins },
} as const;

function deepFreeze<Value extends object>(value: Value): Value {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member as object);
  }
  return Object.freeze(value);
}
