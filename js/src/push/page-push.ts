import { EngineError, messageOf } from '../engine/engine-error.js';
import { NotificationArchive } from '../persistence/notification-archive.js';
import { userKeyOf, userOf } from '../persistence/user-key.js';
import type { RealTimeMessage } from '../types.js';
import { isPushMessage } from './push-message.js';

export interface PushOptions {
  /** The server's public VAPID key: base64url as tools print it, or its bytes. */
  readonly applicationServerKey: string | BufferSource;
  /**
   * The service worker that runs `registerPush` of `civic-realtime/push-worker`: its registration, or the address of its
   * script, which is then registered. The page's registered one unless said otherwise.
   */
  readonly serviceWorker?: ServiceWorkerRegistration | string | URL;
}

/** What the page's side of Web Push needs of its service. */
export interface PushReceiver {
  /** Of the user who is connected. */
  token(): string;
  receive(message: RealTimeMessage): void;
}

/** The page's side of Web Push: subscribes, and takes what the service worker hands to open pages. */
export class PagePush {
  constructor(
    private readonly receiver: PushReceiver,
    private readonly archive: Pick<NotificationArchive, 'setPushUser'> = new NotificationArchive(),
  ) {
    const container = serviceWorkers();
    container?.addEventListener('message', ({ data }) => {
      if (isPushMessage(data)) this.receiver.receive(data.message);
    });
    // What was posted before somebody listened.
    container?.startMessages();
  }

  /** `permission`: what the user was asked, or null where nobody can be asked. */
  async enable(
    { applicationServerKey, serviceWorker }: PushOptions,
    permission: Promise<NotificationPermission> | null,
  ): Promise<PushSubscription> {
    const container = serviceWorkers();
    if (container === undefined || permission === null || !('PushManager' in globalThis)) {
      throw new EngineError(
        'push-unavailable',
        'This browser has no Web Push here. It needs https, and on iOS a page on the home screen.',
      );
    }
    const answer = await permission;
    if (answer !== 'granted') {
      throw new EngineError(
        'push-denied',
        answer === 'denied'
          ? 'The user does not allow notifications of this site, and can change that in the site settings only.'
          : 'The user did not answer whether this site may show notifications; ask again later.',
      );
    }
    const registration = await registrationOf(container, serviceWorker);
    const subscription = await subscribe(registration, bytesOf(applicationServerKey));
    await this.rememberUser();
    return subscription;
  }

  /** Returns whether there was a subscription. */
  async disable(): Promise<boolean> {
    // Without a user the worker stores nothing.
    await this.archive.setPushUser(null).catch(() => undefined);
    let wasSubscribed = false;
    for (const registration of (await serviceWorkers()?.getRegistrations()) ?? []) {
      const subscription = await registration.pushManager.getSubscription();
      if (subscription !== null)
        wasSubscribed = (await subscription.unsubscribe()) || wasSubscribed;
    }
    return wasSubscribed;
  }

  /** Whoever asked for pushes finds, at the next visit, those that came while no page was open. */
  private async rememberUser(): Promise<void> {
    const user = userOf(this.receiver.token());
    try {
      await this.archive.setPushUser(user === '' ? null : await userKeyOf(user));
    } catch {
      // Pushes are shown all the same; they are only not kept.
    }
  }
}

function serviceWorkers(): ServiceWorkerContainer | undefined {
  return typeof navigator === 'undefined'
    ? undefined
    : (navigator as Partial<Navigator>).serviceWorker;
}

async function registrationOf(
  container: ServiceWorkerContainer,
  wanted: PushOptions['serviceWorker'],
): Promise<ServiceWorkerRegistration> {
  if (typeof wanted === 'object' && 'pushManager' in wanted) return wanted;
  if (wanted !== undefined) {
    return register(container, typeof wanted === 'string' ? wanted : wanted.href);
  }
  const registration = await container.getRegistration();
  if (registration !== undefined) return registration;
  throw new EngineError(
    'push-unavailable',
    'This page has no service worker. Pass serviceWorker: the address of a script that calls registerPush(self) of ' +
      'civic-realtime/push-worker.',
  );
}

async function register(
  container: ServiceWorkerContainer,
  script: string,
): Promise<ServiceWorkerRegistration> {
  try {
    await container.register(script, { type: 'module' });
    return await container.ready;
  } catch (cause) {
    throw new EngineError(
      'push-failed',
      `The service worker ${script} could not be registered: ${messageOf(cause)}`,
      { cause },
    );
  }
}

async function subscribe(
  { pushManager }: ServiceWorkerRegistration,
  applicationServerKey: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  try {
    const existing = await pushManager.getSubscription();
    if (existing !== null) {
      const key = existing.options.applicationServerKey;
      if (key !== null && isSame(new Uint8Array(key), applicationServerKey)) return existing;
      // It belongs to another key, and a browser has one subscription only.
      await existing.unsubscribe();
    }
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch (cause) {
    throw new EngineError(
      'push-failed',
      `The browser or its push service refused the subscription: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function bytesOf(key: string | BufferSource): Uint8Array<ArrayBuffer> {
  if (typeof key !== 'string') {
    return ArrayBuffer.isView(key)
      ? new Uint8Array(key.buffer, key.byteOffset, key.byteLength).slice()
      : new Uint8Array(key);
  }
  try {
    const binary = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new EngineError('invalid-argument', 'The applicationServerKey is no base64url text.');
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
