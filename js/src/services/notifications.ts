import type { PushOptions } from '../push/page-push.js';
import type {
  MessageCallback,
  NotificationPriority,
  NotificationStats,
  RealTimeMessage,
  RealTimeNotification,
} from '../types.js';
import { quiet } from '../websocket/outgoing.js';
import { readsState } from '../websocket/reads-state.js';
import { NotificationView, notificationTopic } from './notification-view.js';
import { OptionalFeatures } from './optional-features.js';
import type { Readable } from './readable.js';
import { sendMessage, type ServiceManager } from './service-manager.js';
import { TopicReferences } from './topic-references.js';

/**
 * The user's notifications and their read state; subscribing counts, as with bills. State lives in the manager's engine
 * and is kept while they are subscribed; what this service changes shows in what it returns at once. It changes what
 * this page knows; the `send…` methods tell the server.
 *
 * With `notifications.persistOffline` the unread ones are kept in IndexedDB until the next visit of the same user, who
 * is known by the subject of a JSON Web Token, else by the token itself, of which only a hash is stored. Nothing is kept
 * without a token, and where there is no IndexedDB or no `crypto.subtle` (a page that came over http).
 */
export class NotificationService {
  private readonly topics: TopicReferences<MessageCallback>;
  private readonly view: NotificationView;
  private readonly features: OptionalFeatures;

  constructor(private readonly manager: ServiceManager) {
    this.view = new NotificationView(() => manager.readModel);
    this.features = new OptionalFeatures(manager, this.view);
    this.topics = new TopicReferences(
      manager,
      readsState((message) => {
        this.handleMessage(message);
      }),
    );
  }

  /** Nothing needs preparing; kept for callers that await it. */
  initialize(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the subscription, however often it was made. */
  shutdown(): void {
    this.features.end();
    this.topics.releaseAll();
  }

  /** Returns the id of the one subscription. */
  subscribeToNotifications(): string {
    const id = this.topics.acquire(notificationTopic);
    this.features.begin();
    return id;
  }

  /** Takes one `subscribeToNotifications` back. Without one, nothing happens. */
  unsubscribeFromNotifications(): void {
    // What is kept is what was unread while there was a subscription, not that nothing is known without one.
    if (this.topics.count(notificationTopic) === 1) this.features.end();
    this.topics.release(notificationTopic);
  }

  /** 1 while subscribed, else 0. */
  getSubscriptionCount(): number {
    return this.topics.size;
  }

  /** Newest first. The same array as long as nothing changed, and in it the same objects for what did not change. */
  getAllNotifications(): readonly RealTimeNotification[] {
    return this.view.all();
  }

  /** Newest first, as all lists below. */
  getUnreadNotifications(): RealTimeNotification[] {
    return this.view.all().filter((notification) => !notification.read);
  }

  getNotificationsByType(type: string): RealTimeNotification[] {
    return this.view.all().filter((notification) => notification.type === type);
  }

  getNotificationsByPriority(priority: NotificationPriority): RealTimeNotification[] {
    return this.view.all().filter((notification) => notification.priority === priority);
  }

  getNotification(id: string | number): RealTimeNotification | null {
    return this.view.find(String(id)) ?? null;
  }

  /** Costs the same however many there are. */
  getUnreadCount(): number {
    return this.view.unreadCount();
  }

  getRecentNotifications(limit = 10): RealTimeNotification[] {
    return this.view.all().slice(0, Math.max(0, limit));
  }

  /** Returns whether it was there and unread. */
  markAsRead(id: string | number): boolean {
    const notification = this.view.find(String(id));
    if (notification === undefined || notification.read) return false;
    this.view.change([notification], 'read', () => {
      this.manager.command?.('changeNotifications', 'read', notification.id);
    });
    return true;
  }

  /** Returns how many were unread. */
  markAllAsRead(): number {
    const unread = this.getUnreadNotifications();
    this.view.change(unread, 'read', () => {
      this.manager.command?.('changeNotifications', 'readAll', '');
    });
    return unread.length;
  }

  /** Returns whether it was there. */
  removeNotification(id: string | number): boolean {
    const notification = this.view.find(String(id));
    if (notification === undefined) return false;
    this.view.change([notification], 'removed', () => {
      this.manager.command?.('changeNotifications', 'remove', notification.id);
    });
    return true;
  }

  /** Also forgets what was kept for the next visit. */
  clearAllNotifications(): void {
    this.view.change(this.view.all(), 'removed', () => {
      this.manager.command?.('changeNotifications', 'clear', '');
    });
    this.features.clear();
  }

  /** Returns how many were read, and are gone. */
  clearReadNotifications(): number {
    const read = this.view.all().filter((notification) => notification.read);
    this.view.change(read, 'removed', () => {
      this.manager.command?.('changeNotifications', 'clearRead', '');
    });
    return read.length;
  }

  /** Tells the server that one was read. Settles as the manager's `send`; may be ignored, as those below. */
  sendMarkAsReadUpdate(id: string | number): Promise<void> {
    return sendMessage(this.manager, 'mark_notification_read', () => ({ notification_id: id }));
  }

  sendClearNotificationUpdate(id: string | number): Promise<void> {
    return sendMessage(this.manager, 'clear_notification', () => ({ notification_id: id }));
  }

  sendClearAllNotificationsUpdate(): Promise<void> {
    return sendMessage(this.manager, 'clear_all_notifications');
  }

  /**
   * Asks the user's permission and subscribes this browser to Web Push; send what it resolves to, to your server. To be
   * called when the user asks for it, as browsers want it, with `notifications.enablePush` true. Rejects with
   * `push-unavailable` (there is no push, no service worker, or it is off), `push-denied` (the user said no) or
   * `push-failed` (the browser or its push service said no, see `cause`).
   */
  enablePush(options: PushOptions): Promise<PushSubscription> {
    return quiet(this.features.enablePush(options));
  }

  /** Ends this browser's push subscription. Returns whether there was one. */
  disablePush(): Promise<boolean> {
    return quiet(this.features.disablePush());
  }

  /** Handles a message as if the server had sent it; state is kept while there is a subscription. */
  handleMessage(message: RealTimeMessage): void {
    this.manager.inject?.(message);
  }

  getStats(): NotificationStats {
    const { total, unread, byType, byPriority } = this.view.counts();
    return {
      totalNotifications: total,
      unreadNotifications: unread,
      notificationsByType: byType,
      notificationsByPriority: byPriority,
      isSubscribed: this.topics.size > 0,
    };
  }

  /** @internal All notifications, for those who follow them. */
  get notifications(): Readable {
    return this.view;
  }

  /** @internal The number of unread ones. */
  get unread(): Readable {
    return this.view.unread;
  }
}
