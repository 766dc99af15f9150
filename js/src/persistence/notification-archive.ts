import { createStore, del, delMany, entries, get, set, update, type UseStore } from 'idb-keyval';

import type { RealTimeNotification } from '../types.js';

interface Shelf {
  /** Milliseconds since the Unix epoch. */
  readonly savedAt: number;
  /** Newest first. */
  readonly notifications: readonly RealTimeNotification[];
}

const pushUserKey = 'push';
const mostUsers = 8;
const oldestMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Unread notifications in this browser's IndexedDB, by user key: of at most eight users, for at most thirty days. Every
 * method rejects where the browser does not let it store, as in some private windows.
 */
export class NotificationArchive {
  private opened: UseStore | null = null;

  async load(user: string): Promise<readonly RealTimeNotification[]> {
    return shelved(await get<Shelf>(user, this.store));
  }

  /** What was stored before is replaced. */
  async save(user: string, notifications: readonly RealTimeNotification[]): Promise<void> {
    if (notifications.length === 0) await del(user, this.store);
    else await set(user, { savedAt: Date.now(), notifications } satisfies Shelf, this.store);
  }

  /** Adds one, also while pages store; one of the same id goes, and of more than `limit` the oldest. */
  async add(user: string, notification: RealTimeNotification, limit: number): Promise<void> {
    await update<Shelf>(
      user,
      (shelf) => {
        const others = shelved(shelf).filter(({ id }) => id !== notification.id);
        return { savedAt: Date.now(), notifications: [notification, ...others].slice(0, limit) };
      },
      this.store,
    );
  }

  /** Forgets the users who were not here for long. */
  async prune(): Promise<void> {
    const all = await entries<string, Shelf>(this.store);
    const users = all
      .filter(([key]) => key !== pushUserKey)
      .sort(([, one], [, other]) => other.savedAt - one.savedAt);
    const fresh = Date.now() - oldestMs;
    const gone = users.filter(([, { savedAt }], rank) => rank >= mostUsers || savedAt < fresh);
    if (gone.length > 0)
      await delMany(
        gone.map(([key]) => key),
        this.store,
      );
  }

  /** The user whom this browser gets pushes for. */
  async pushUser(): Promise<string | null> {
    return (await get<string>(pushUserKey, this.store)) ?? null;
  }

  async setPushUser(user: string | null): Promise<void> {
    if (user === null) await del(pushUserKey, this.store);
    else await set(pushUserKey, user, this.store);
  }

  private get store(): UseStore {
    this.opened ??= createStore('civic-realtime', 'notifications');
    return this.opened;
  }
}

/** Anybody may have written there. */
function shelved(shelf: Partial<Shelf> | undefined): readonly RealTimeNotification[] {
  const notifications: unknown = shelf?.notifications;
  return Array.isArray(notifications) ? (notifications as RealTimeNotification[]) : [];
}
