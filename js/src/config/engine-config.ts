import type {
  RealTimeConfig,
  ReconnectBackoff,
  RecordingConfig,
  TokenTransport,
} from '../types.js';
import { canDeflate } from '../compression/can-deflate.js';
import { defaultRealTimeConfig } from './defaults.js';

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
  /** Offer deflated frames: the sockets are those of `compression/deflating-socket.ts`. */
  readonly deflate: boolean;
  readonly maxMessageBytes: number;
  readonly maxFrameBytes: number;
  readonly cacheMaxBytes: number;
  readonly billUpdateLimit: number;
  readonly commentLimit: number;
  readonly voteLimit: number;
  readonly activityLimit: number;
  readonly notificationLimit: number;
  readonly typingTimeoutMs: number;
  /** Whether presence counts are kept. */
  readonly presence: boolean;
  readonly batching: {
    readonly enabled: boolean;
    readonly size: number;
    readonly intervalMs: number;
  };
  readonly lingerMs: number;
  readonly recording: RecordingConfig;
}

/** What of a checked configuration the engine needs. */
export function engineConfigOf(config: RealTimeConfig): EngineConfig {
  const { url, protocols, auth, getToken, heartbeat, reconnect, message } = config.websocket;
  const { limits, community } = config;
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
    deflate: message.compression && canDeflate(),
    maxMessageBytes,
    maxFrameBytes,
    cacheMaxBytes: config.cache.maxBytes,
    billUpdateLimit: limits.billUpdates,
    commentLimit: limits.comments,
    voteLimit: limits.votes,
    activityLimit: limits.activity,
    notificationLimit: notificationLimitOf(config),
    typingTimeoutMs: community.typingIndicatorTimeout,
    presence: community.enablePresence,
    batching: {
      enabled: message.batching,
      size: message.batchSize,
      intervalMs: message.batchInterval,
    },
    lingerMs: config.subscriptions.lingerMs,
    recording: config.websocket.recording,
  };
}

/**
 * How many notifications are kept. Two fields say it: `notifications.maxQueueSize` counts when it is not its default of
 * 100, and gives way to `limits.notifications` when it is.
 */
export function notificationLimitOf({ notifications, limits }: RealTimeConfig): number {
  const { maxQueueSize } = notifications;
  return maxQueueSize === defaultRealTimeConfig.notifications.maxQueueSize
    ? limits.notifications
    : maxQueueSize;
}
