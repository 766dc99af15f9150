import type { NotificationPriority, RealTimeMessage, RealTimeNotification } from '../types.js';

/** What the service worker posts to pages, beside whatever else a service worker may post. */
export interface PushMessage {
  readonly source: 'civic-realtime-push';
  /** A `notification` of the protocol. */
  readonly message: RealTimeMessage;
}

export function isPushMessage(data: unknown): data is PushMessage {
  return (data as Partial<PushMessage> | null)?.source === 'civic-realtime-push';
}

export function pushMessageOf(notification: RealTimeNotification): PushMessage {
  return {
    source: 'civic-realtime-push',
    message: { type: 'notification', notification: { ...notification } },
  };
}

const priorities: readonly unknown[] = ['low', 'normal', 'medium', 'high', 'critical'];

/**
 * The notification of a push, whose payload is a `notification` message of the protocol: its fields in the message, or
 * nested under `notification`. `now` stands for a missing timestamp. Null when it has no id.
 */
export function readPushPayload(payload: unknown, now: number): RealTimeNotification | null {
  if (!isObject(payload)) return null;
  const fields = isObject(payload['notification']) ? payload['notification'] : payload;
  const id = fields['id'] ?? fields['notification_id'] ?? fields['notificationId'];
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  const isNested = fields !== payload;
  const expires = fields['expires_at'] ?? fields['expiresAt'];
  const expiresAt = typeof expires === 'string' ? Date.parse(expires) : expires;
  return {
    id: String(id),
    // In a flat message `type` says that it is a notification.
    type:
      text(
        isNested ? fields['type'] : (fields['notification_type'] ?? fields['notificationType']),
      ) ?? 'notification',
    title: text(fields['title']) ?? '',
    message: text(fields['message']) ?? text(fields['body']) ?? '',
    priority: priorities.includes(fields['priority'])
      ? (fields['priority'] as NotificationPriority)
      : 'normal',
    data: isObject(fields['data']) ? fields['data'] : {},
    timestamp: text(fields['timestamp']) ?? number(fields['timestamp']) ?? now,
    expiresAt: number(expiresAt) ?? null,
    read: false,
    arrival: 0,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
