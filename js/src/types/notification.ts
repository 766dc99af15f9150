import type { MessageData, Timestamp } from './message.js';

export type NotificationPriority = 'low' | 'normal' | 'medium' | 'high' | 'critical';

/** Something the user is told. Those of high and critical priority reach the page without waiting for a frame. */
export interface RealTimeNotification {
  readonly id: string;
  /** What it is about, such as `system_alert`; the server's word. */
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly priority: NotificationPriority;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Milliseconds since the Unix epoch after which it is forgotten; null: never. */
  readonly expiresAt: number | null;
  readonly read: boolean;
  /** Grows with every record the page received. One that comes again with the same id has a new one. */
  readonly arrival: number;
}

/** The name callers of the module this package replaces know. The browser has a `Notification` of its own. */
export type Notification = RealTimeNotification;

/** How many notifications there are. */
export interface NotificationCounts {
  readonly total: number;
  readonly unread: number;
  /** By `type`; those without any are left out. */
  readonly byType: Readonly<Record<string, number>>;
  /** By `priority`; those without any are left out. */
  readonly byPriority: Readonly<Partial<Record<NotificationPriority, number>>>;
}
