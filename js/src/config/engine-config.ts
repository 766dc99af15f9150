import type { RealTimeConfig, ReconnectBackoff, TokenTransport } from '../types.js';

/** Outgoing messages over this size are refused. */
export const maxMessageBytes = 1_048_576;

/** Incoming frames over this size are refused. */
const maxFrameBytes = 16_777_216;

/** The engine's configuration, which reaches it as JSON. Times in milliseconds, sizes in bytes. */
export interface EngineConfig {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly auth: TokenTransport;
  /** The engine asks for a token before it connects. */
  readonly tokenOnDemand: boolean;
  readonly heartbeat: {
    readonly enabled: boolean;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  };
  readonly reconnect: {
    readonly enabled: boolean;
    /** -1: no limit. */
    readonly maxAttempts: number;
    readonly delayMs: number;
    readonly maxDelayMs: number;
    readonly backoff: ReconnectBackoff;
  };
  readonly maxMessageBytes: number;
  readonly maxFrameBytes: number;
  readonly cacheMaxBytes: number;
  readonly billUpdateLimit: number;
  readonly lingerMs: number;
}

/** What of a checked configuration the engine needs. */
export function engineConfigOf(config: RealTimeConfig): EngineConfig {
  const { url, protocols, auth, getToken, heartbeat, reconnect } = config.websocket;
  return {
    url,
    protocols,
    auth,
    tokenOnDemand: getToken !== undefined,
    heartbeat: {
      enabled: heartbeat.enabled,
      intervalMs: heartbeat.interval,
      timeoutMs: heartbeat.timeout,
    },
    reconnect: {
      enabled: reconnect.enabled,
      maxAttempts: reconnect.maxAttempts === Infinity ? -1 : reconnect.maxAttempts,
      delayMs: reconnect.delay,
      // A first delay over the usual limit was asked for, so the limit gives way.
      maxDelayMs: Math.max(reconnect.delay, reconnect.maxDelay),
      backoff: reconnect.backoff,
    },
    maxMessageBytes,
    maxFrameBytes,
    cacheMaxBytes: config.cache.maxBytes,
    billUpdateLimit: config.limits.billUpdates,
    lingerMs: config.subscriptions.lingerMs,
  };
}
