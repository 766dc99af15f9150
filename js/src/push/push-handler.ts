import { NotificationArchive } from '../persistence/notification-archive.js';
import type { RealTimeNotification } from '../types.js';
import { pushMessageOf, readPushPayload } from './push-message.js';
import type {
  NotificationClickEventLike,
  PushEventLike,
  PushWorkerScope,
  WindowClientLike,
} from './worker-scope.js';

export interface PushHandlerOptions {
  /** How many are kept for the next visit; 100. */
  readonly limit?: number;
  /** The icon of the system's notification. */
  readonly icon?: string;
  /** @internal */
  readonly archive?: Pick<NotificationArchive, 'add' | 'pushUser'>;
}

/** What a system notification of ours carries, for the click on it. */
interface ShownData {
  readonly source: 'civic-realtime-push';
  readonly url: string;
}

/**
 * Handles one push of a service worker. Its payload is a `notification` message of the protocol as JSON; a payload of
 * anything else is left alone. Open pages get it, and have it as if it had come over the connection. When no page is
 * visible the system shows it, as browsers demand; when none is open it is kept for the next visit.
 */
export function handlePush(
  event: PushEventLike,
  scope: PushWorkerScope = currentScope(),
  options: PushHandlerOptions = {},
): void {
  const notification = notificationOf(event);
  if (notification !== null) event.waitUntil(receive(notification, scope, options));
}

/** Handles the click on what `handlePush` had the system show: brings up an open page, or opens one. */
export function handleNotificationClick(
  event: NotificationClickEventLike,
  scope: PushWorkerScope = currentScope(),
): void {
  const data = event.notification.data as Partial<ShownData> | null;
  if (data?.source !== 'civic-realtime-push') return;
  event.notification.close();
  event.waitUntil(showPage(scope, data.url ?? scope.registration.scope));
}

/** Has a service worker handle pushes and the clicks on them: `registerPush(self)`. */
export function registerPush(
  scope: PushWorkerScope = currentScope(),
  options: PushHandlerOptions = {},
): void {
  scope.addEventListener('push', (event) => {
    handlePush(event, scope, options);
  });
  scope.addEventListener('notificationclick', (event) => {
    handleNotificationClick(event, scope);
  });
}

function currentScope(): PushWorkerScope {
  return globalThis as unknown as PushWorkerScope;
}

function notificationOf(event: PushEventLike): RealTimeNotification | null {
  try {
    return readPushPayload(event.data?.json(), Date.now());
  } catch {
    return null;
  }
}

async function receive(
  notification: RealTimeNotification,
  scope: PushWorkerScope,
  options: PushHandlerOptions,
): Promise<void> {
  const pages = await openPages(scope);
  for (const page of pages) page.postMessage(pushMessageOf(notification));
  if (!pages.some((page) => page.visibilityState === 'visible')) {
    const data: ShownData = { source: 'civic-realtime-push', url: urlOf(notification, scope) };
    await scope.registration.showNotification(notification.title, {
      body: notification.message,
      // One that comes again takes its own place.
      tag: notification.id,
      requireInteraction: notification.priority === 'critical',
      data,
      ...(options.icon === undefined ? {} : { icon: options.icon }),
    });
  }
  if (pages.length === 0) await keep(notification, options);
}

async function keep(
  notification: RealTimeNotification,
  { archive = new NotificationArchive(), limit = 100 }: PushHandlerOptions,
): Promise<void> {
  try {
    const user = await archive.pushUser();
    if (user !== null) await archive.add(user, notification, limit);
  } catch {
    // It was shown; a browser that does not let us store has said so to the page.
  }
}

/** The page it names in `data.url`, where that is one of this site; else the site's start. */
function urlOf({ data }: RealTimeNotification, { registration }: PushWorkerScope): string {
  const { scope } = registration;
  const wanted = data['url'];
  if (typeof wanted !== 'string' || !URL.canParse(wanted, scope)) return scope;
  const url = new URL(wanted, scope);
  return url.origin === new URL(scope).origin ? url.href : scope;
}

async function showPage(scope: PushWorkerScope, url: string): Promise<void> {
  const pages = await openPages(scope);
  const page = pages.find((one) => one.url === url) ?? (isStart(url, scope) ? pages[0] : undefined);
  await (page === undefined ? scope.clients.openWindow(url) : page.focus());
}

function isStart(url: string, { registration }: PushWorkerScope): boolean {
  return url === registration.scope;
}

function openPages({ clients }: PushWorkerScope): Promise<readonly WindowClientLike[]> {
  return clients.matchAll({ type: 'window', includeUncontrolled: true });
}
