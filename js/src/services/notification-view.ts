import { CellKind } from '../engine/abi.js';
import type { ReadModel } from '../engine/client.js';
import { keepSameNotifications } from '../read-model/keep-same.js';
import type { NotificationCounts, NotificationPriority, RealTimeNotification } from '../types.js';
import { cellReadable, type Readable } from './readable.js';

/** The topic of the user's notifications. */
export const notificationTopic = 'user_notifications';

/** What this page did to a notification, as of the arrival it had then. */
interface PendingChange {
  readonly change: 'read' | 'removed';
  readonly arrival: number;
}

const nothing: readonly never[] = Object.freeze([]);
const noCounts: NotificationCounts = Object.freeze({
  total: 0,
  unread: 0,
  byType: Object.freeze({}),
  byPriority: Object.freeze({}),
});

/**
 * The notifications as this page should show them: what the engine last told, with what this page did meanwhile. An
 * engine in a worker tells a frame later what became of a command; until it has, the command's effect is shown here.
 */
export class NotificationView implements Readable {
  private readonly pending = new Map<string, PendingChange>();
  private readonly listeners = new Set<() => void>();
  /** What the engine last told, and whether `pending` was changed since it was looked at. */
  private told: readonly RealTimeNotification[] = nothing;
  private isStale = false;
  private shown: readonly RealTimeNotification[] = nothing;
  private byId: ReadonlyMap<string, RealTimeNotification> | null = null;

  constructor(private readonly readModel: () => ReadModel | undefined) {}

  /** Newest first; the same array as long as nothing changed. */
  all(): readonly RealTimeNotification[] {
    const told = this.readModel()?.value(notificationTopic, CellKind.notifications) ?? nothing;
    if (told !== this.told || this.isStale) this.refresh(told);
    return this.shown;
  }

  find(id: string): RealTimeNotification | undefined {
    const all = this.all();
    this.byId ??= new Map(all.map((notification) => [notification.id, notification]));
    return this.byId.get(id);
  }

  /** Does not look at the notifications, unless a change is pending. */
  unreadCount(): number {
    return this.pending.size === 0 ? this.toldCounts().unread : this.counts().unread;
  }

  counts(): NotificationCounts {
    const all = this.all();
    return this.pending.size === 0 ? this.toldCounts() : countsOf(all);
  }

  /** Shows at once what `command` will do to these notifications. */
  change(
    notifications: readonly RealTimeNotification[],
    change: PendingChange['change'],
    command: () => void,
  ): void {
    for (const { id, arrival } of notifications) this.pending.set(id, { change, arrival });
    this.isStale = true;
    command();
    for (const listener of [...this.listeners]) listener();
  }

  version(): unknown {
    return this.all();
  }

  watch(listener: () => void): () => void {
    const cell = cellReadable(this.readModel(), notificationTopic, CellKind.notifications);
    return this.watchBoth(cell, listener);
  }

  /** The number of those that are unread. */
  readonly unread: Readable = {
    version: () => this.unreadCount(),
    watch: (listener) => {
      const cell = cellReadable(this.readModel(), notificationTopic, CellKind.notificationCounts);
      return this.watchBoth(cell, listener);
    },
  };

  private watchBoth(cell: Readable, listener: () => void): () => void {
    const watcher = (): void => {
      listener();
    };
    this.listeners.add(watcher);
    const end = cell.watch(watcher);
    return () => {
      this.listeners.delete(watcher);
      end();
    };
  }

  private toldCounts(): NotificationCounts {
    return this.readModel()?.value(notificationTopic, CellKind.notificationCounts) ?? noCounts;
  }

  private refresh(told: readonly RealTimeNotification[]): void {
    this.told = told;
    this.isStale = false;
    this.forgetDone(told);
    const now =
      this.pending.size === 0 ? told : told.flatMap((notification) => this.shownAs(notification));
    const shown = keepSameNotifications(this.shown, now);
    if (shown === this.shown) return;
    this.shown = shown;
    this.byId = null;
  }

  /** Done: the engine tells it so, or has got that notification anew. */
  private forgetDone(told: readonly RealTimeNotification[]): void {
    if (this.pending.size === 0) return;
    const byId = new Map(told.map((notification) => [notification.id, notification]));
    for (const [id, { change, arrival }] of this.pending) {
      const notification = byId.get(id);
      const isDone =
        notification === undefined ||
        notification.arrival !== arrival ||
        (change === 'read' && notification.read);
      if (isDone) this.pending.delete(id);
    }
  }

  private shownAs(notification: RealTimeNotification): readonly RealTimeNotification[] {
    switch (this.pending.get(notification.id)?.change) {
      case 'read':
        return [{ ...notification, read: true }];
      case 'removed':
        return nothing;
      case undefined:
        return [notification];
    }
  }
}

function countsOf(notifications: readonly RealTimeNotification[]): NotificationCounts {
  const byType: Record<string, number> = {};
  const byPriority: Partial<Record<NotificationPriority, number>> = {};
  let unread = 0;
  for (const { type, priority, read } of notifications) {
    byType[type] = (byType[type] ?? 0) + 1;
    byPriority[priority] = (byPriority[priority] ?? 0) + 1;
    if (!read) ++unread;
  }
  return { total: notifications.length, unread, byType, byPriority };
}
