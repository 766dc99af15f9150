import { notificationLimitOf } from '../config/engine-config.js';
import { CellKind } from '../engine/abi.js';
import { EngineError, messageOf } from '../engine/engine-error.js';
import type { NotificationKeeper } from '../persistence/notification-keeper.js';
import type { PagePush, PushOptions } from '../push/page-push.js';
import { notificationTopic, type NotificationView } from './notification-view.js';
import type { ServiceManager } from './service-manager.js';

/**
 * What notifications can do beyond being shown: be kept until the next visit, and come by Web Push. The code of either
 * is loaded when it is used first.
 */
export class OptionalFeatures {
  private isOn = false;
  private keeper: NotificationKeeper | null = null;
  private pagePush: Promise<PagePush> | null = null;
  private cleared = false;
  private readonly failed = new Set<string>();

  constructor(
    private readonly manager: ServiceManager,
    private readonly view: NotificationView,
  ) {}

  /** Notifications are subscribed. */
  begin(): void {
    if (this.isOn) return;
    this.isOn = true;
    this.cleared = false;
    if (this.isKept()) void this.loadKeeper();
    if (this.mayPush() && typeof navigator !== 'undefined' && 'serviceWorker' in navigator) {
      this.loadPush().catch((error: unknown) => {
        this.fail('push-unavailable', error);
      });
    }
  }

  /** They are no more. To be called while they can still be read. */
  end(): void {
    this.isOn = false;
    this.keeper?.stop();
    this.keeper = null;
  }

  /** Nothing that was kept is wanted any more. */
  clear(): void {
    this.cleared = true;
    this.keeper?.clear();
  }

  async enablePush(options: PushOptions): Promise<PushSubscription> {
    if (!this.mayPush()) {
      throw new EngineError(
        'push-unavailable',
        'Web Push is off: set notifications.enablePush to true in the configuration.',
      );
    }
    // Asked before anything is awaited: browsers let a page ask only right after the user did something.
    const permission = askPermission();
    const push = await this.loadPush();
    return push.enable(options, permission);
  }

  async disablePush(): Promise<boolean> {
    const push = await this.loadPush();
    return push.disable();
  }

  private isKept(): boolean {
    const { indexedDB, crypto } = globalThis as Partial<typeof globalThis>;
    return (
      this.manager.settings?.notifications.persistOffline === true &&
      this.manager.readModel !== undefined &&
      indexedDB !== undefined &&
      (crypto as Partial<Crypto> | undefined)?.subtle !== undefined
    );
  }

  private mayPush(): boolean {
    return this.manager.settings?.notifications.enablePush === true;
  }

  private async loadKeeper(): Promise<void> {
    try {
      const { NotificationKeeper } = await import('../persistence/notification-keeper.js');
      if (!this.isOn || this.keeper !== null) return;
      const { manager, view } = this;
      this.keeper = new NotificationKeeper({
        limit: manager.settings === undefined ? 0 : notificationLimitOf(manager.settings),
        token: () => manager.identity ?? '',
        watchToken: (listener) => manager.watchIdentity?.(listener) ?? (() => undefined),
        isKnown: () => manager.readModel?.version(notificationTopic, CellKind.notifications) !== 0,
        all: () => view.all(),
        watch: (listener) => view.watch(listener),
        restore: (notifications) => {
          manager.command?.('restoreNotifications', JSON.stringify(notifications));
        },
        fail: (error) => {
          this.fail('storage-unavailable', error);
        },
      });
      this.keeper.start();
      if (this.cleared) this.keeper.clear();
    } catch (error) {
      this.fail('storage-unavailable', error);
    }
  }

  private loadPush(): Promise<PagePush> {
    this.pagePush ??= import('../push/page-push.js')
      .then(({ PagePush }) => {
        const { manager } = this;
        return new PagePush({
          token: () => manager.identity ?? '',
          receive: (message) => manager.inject?.(message),
        });
      })
      .catch((error: unknown) => {
        this.pagePush = null;
        throw error;
      });
    return this.pagePush;
  }

  /** One error event, however often something fails: the same is wrong every time. */
  private fail(code: 'storage-unavailable' | 'push-unavailable', cause: unknown): void {
    if (this.failed.has(code)) return;
    this.failed.add(code);
    const what =
      code === 'storage-unavailable'
        ? 'Notifications cannot be kept for the next visit'
        : 'Notifications that come by Web Push cannot be taken';
    this.manager.report?.(new EngineError(code, `${what}: ${messageOf(cause)}`, { cause }));
  }
}

function askPermission(): Promise<NotificationPermission> | null {
  const { Notification } = globalThis as Partial<typeof globalThis>;
  return Notification === undefined ? null : Notification.requestPermission();
}
