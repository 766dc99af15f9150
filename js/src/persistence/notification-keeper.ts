import { systemTimers, type Timers } from '../engine/timers.js';
import type { RealTimeNotification } from '../types.js';
import { NotificationArchive } from './notification-archive.js';
import { userKeyOf, userOf } from './user-key.js';

/** The notifications of one page, and whose they are. */
export interface KeptNotifications {
  /** So many are kept at most. */
  readonly limit: number;
  /** Of the user who is connected; empty: not known yet. */
  token(): string;
  watchToken(listener: () => void): () => void;
  /** Whether anything is known; otherwise `all` being empty means nothing. */
  isKnown(): boolean;
  /** Newest first. */
  all(): readonly RealTimeNotification[];
  watch(listener: () => void): () => void;
  restore(notifications: readonly RealTimeNotification[]): void;
  fail(error: unknown): void;
}

/**
 * Milliseconds between two writes at least. Short, because a browser does not wait for what a page that goes away still
 * wants to store: what changed within it may be lost.
 */
const paceMs = 200;

/**
 * Keeps the unread notifications of one page in the archive, from `start` to `stop`: gives back those of an earlier
 * visit, then stores every change, at most five times a second, and when the page goes away. When another user takes over, only
 * what came since is his.
 */
export class NotificationKeeper {
  private user = '';
  /** Null until that user's notifications were given back: before, nothing is stored that would replace them. */
  private key: string | null = null;
  /** What had arrived when this user came belongs to another, unless it was given back to this one. */
  private since = -Infinity;
  private givenBack: ReadonlySet<string> = new Set();
  private kept: readonly RealTimeNotification[] = [];
  private timer: unknown = null;
  private isChanged = false;
  private isCleared = false;
  private work: Promise<void> = Promise.resolve();
  private ends: (() => void)[] = [];

  constructor(
    private readonly page: KeptNotifications,
    private readonly archive: Pick<
      NotificationArchive,
      'load' | 'save' | 'prune'
    > = new NotificationArchive(),
    private readonly timers: Timers = systemTimers,
  ) {}

  start(): void {
    const leaving = (): void => {
      this.store();
    };
    globalThis.addEventListener('pagehide', leaving);
    this.ends = [
      this.page.watchToken(() => {
        this.takeUser();
      }),
      this.page.watch(() => {
        this.note();
      }),
      () => {
        globalThis.removeEventListener('pagehide', leaving);
      },
    ];
    this.takeUser();
  }

  /** Stores what is there and ends. To be called while the notifications can still be read. */
  stop(): void {
    this.store();
    for (const end of this.ends) end();
    this.ends = [];
    this.timers.clear(this.timer);
    this.user = '';
    this.key = null;
  }

  /** Forgets this user's notifications, also those that were not given back yet. */
  clear(): void {
    const { user } = this;
    if (user === '') return;
    this.kept = [];
    this.isCleared = true;
    this.do(async () => {
      await this.archive.save(await userKeyOf(user), []);
    });
  }

  /** Resolves when everything that was begun is done. */
  settled(): Promise<void> {
    return this.work;
  }

  private takeUser(): void {
    const user = userOf(this.page.token());
    if (user === this.user || user === '') return;
    this.store();
    const isFirst = this.user === '';
    this.user = user;
    this.key = null;
    this.kept = [];
    this.isCleared = false;
    this.givenBack = new Set();
    this.since = isFirst ? -Infinity : newestArrival(this.page.all());
    this.do(async () => {
      const key = await userKeyOf(user);
      const stored = await this.archive.load(key);
      if (this.user !== user) return;
      const notifications = this.isCleared ? [] : stored;
      this.givenBack = new Set(notifications.map(({ id }) => id));
      this.kept = notifications;
      this.key = key;
      if (notifications.length > 0) this.page.restore(notifications);
      if (this.page.isKnown()) this.note();
      await this.archive.prune();
    });
  }

  private note(): void {
    if (!this.page.isKnown()) {
      // The engine is gone and will come back empty, after those who watch were told.
      const { kept } = this;
      if (this.key !== null && kept.length > 0)
        queueMicrotask(() => {
          this.page.restore(kept);
        });
      return;
    }
    this.isChanged = true;
    if (this.key === null || this.timer !== null) return;
    this.store();
    this.timer = this.timers.set(() => {
      this.timer = null;
      if (this.isChanged) this.note();
    }, paceMs);
  }

  private store(): void {
    const { key } = this;
    if (key === null || !this.isChanged || !this.page.isKnown()) return;
    this.isChanged = false;
    const unread = this.page
      .all()
      .filter(({ id, read, arrival }) => !read && (arrival > this.since || this.givenBack.has(id)))
      .slice(0, this.page.limit);
    if (unread.length === 0 && this.kept.length === 0) return;
    this.kept = unread;
    this.do(() => this.archive.save(key, unread));
  }

  /** One after the other, so that the last one asked for is the last one stored. */
  private do(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch((error: unknown) => {
      this.page.fail(error);
    });
  }
}

function newestArrival(notifications: readonly RealTimeNotification[]): number {
  return notifications.reduce((newest, { arrival }) => Math.max(newest, arrival), -Infinity);
}
