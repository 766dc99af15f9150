// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { PagePush } from '../../../js/src/push/page-push.js';
import { pushMessageOf } from '../../../js/src/push/push-message.js';
import { NotificationService } from '../../../js/src/services/notifications.js';
import { completeConfig } from '../../../js/src/config/get-config.js';
import { notification } from '../support/records.js';

const key = 'BAEC_-8';
const keyBytes = new Uint8Array([4, 1, 2, 255, 239]);

class FakePushManager {
  existing: {
    options: { applicationServerKey: ArrayBuffer | null };
    unsubscribe: ReturnType<typeof vi.fn>;
  } | null = null;
  subscribe = vi.fn((options: object) => Promise.resolve({ options }));
  getSubscription = () => Promise.resolve(this.existing);
}

interface FakeContainer {
  startMessages: ReturnType<typeof vi.fn>;
  register: ReturnType<typeof vi.fn>;
  ready: Promise<unknown>;
  getRegistration: ReturnType<typeof vi.fn>;
  getRegistrations: ReturnType<typeof vi.fn>;
}

let container: EventTarget & FakeContainer;
let pushManager: FakePushManager;
let registration: ServiceWorkerRegistration;
const receiver = { token: () => 'secret-token', receive: vi.fn() };
const archive = { setPushUser: vi.fn(() => Promise.resolve()) };
const granted = (): Promise<NotificationPermission> => Promise.resolve('granted');

beforeEach(() => {
  pushManager = new FakePushManager();
  registration = { pushManager } as unknown as ServiceWorkerRegistration;
  container = Object.assign(new EventTarget(), {
    startMessages: vi.fn(),
    register: vi.fn(() => Promise.resolve(registration)),
    ready: Promise.resolve(registration),
    getRegistration: vi.fn(() => Promise.resolve(registration)),
    getRegistrations: vi.fn(() => Promise.resolve([registration])),
  });
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.stubGlobal('PushManager', FakePushManager);
  archive.setPushUser.mockClear();
  receiver.receive.mockClear();
  return () => vi.unstubAllGlobals();
});

const make = () => new PagePush(receiver, archive);

describe('subscribing to pushes', () => {
  it('asks the push service with the server’s key, and remembers whom they are for', async () => {
    const subscription = await make().enable({ applicationServerKey: key }, granted());
    expect(subscription.options).toEqual({ userVisibleOnly: true, applicationServerKey: keyBytes });
    expect(archive.setPushUser).toHaveBeenCalledWith(expect.stringMatching(/^user [0-9a-f]{64}$/));
  });

  it('registers the service worker it is given, or uses its registration', async () => {
    await make().enable({ applicationServerKey: keyBytes, serviceWorker: '/push.js' }, granted());
    expect(container.register).toHaveBeenCalledWith('/push.js', { type: 'module' });
    await make().enable(
      { applicationServerKey: keyBytes.buffer, serviceWorker: registration },
      granted(),
    );
    expect(container.register).toHaveBeenCalledOnce();
  });

  it('keeps a subscription of the same key, and replaces one of another', async () => {
    pushManager.existing = {
      options: { applicationServerKey: keyBytes.buffer },
      unsubscribe: vi.fn(),
    };
    expect(await make().enable({ applicationServerKey: key }, granted())).toBe(
      pushManager.existing,
    );
    pushManager.existing.options.applicationServerKey = new Uint8Array([1]).buffer;
    await make().enable({ applicationServerKey: key }, granted());
    expect(pushManager.existing.unsubscribe).toHaveBeenCalledOnce();
    expect(pushManager.subscribe).toHaveBeenCalledOnce();
  });

  it('works where nothing can be stored', async () => {
    archive.setPushUser.mockRejectedValueOnce(new Error('private window'));
    await expect(make().enable({ applicationServerKey: key }, granted())).resolves.toBeDefined();
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'the user says no',
      'push-denied',
      () => make().enable({ applicationServerKey: key }, Promise.resolve('denied')),
    ],
    [
      'the user does not answer',
      'push-denied',
      () => make().enable({ applicationServerKey: key }, Promise.resolve('default')),
    ],
    [
      'nobody can be asked',
      'push-unavailable',
      () => make().enable({ applicationServerKey: key }, null),
    ],
    [
      'there is no push',
      'push-unavailable',
      () => {
        vi.stubGlobal('navigator', {});
        return make().enable({ applicationServerKey: key }, granted());
      },
    ],
    [
      'there is no service worker',
      'push-unavailable',
      () => {
        container.getRegistration = vi.fn(() => Promise.resolve(undefined));
        return make().enable({ applicationServerKey: key }, granted());
      },
    ],
    [
      'the service worker cannot be registered',
      'push-failed',
      () => {
        container.register = vi.fn(() => Promise.reject(new TypeError('404')));
        return make().enable(
          { applicationServerKey: key, serviceWorker: new URL('https://example.org/push.js') },
          granted(),
        );
      },
    ],
    [
      'the push service refuses',
      'push-failed',
      () => {
        pushManager.subscribe.mockRejectedValueOnce(new DOMException('quota', 'AbortError'));
        return make().enable({ applicationServerKey: key }, granted());
      },
    ],
    [
      'the key is none',
      'invalid-argument',
      () => make().enable({ applicationServerKey: '§' }, granted()),
    ],
  ])('is a clear error when %s', async (_when, code, subscribe) => {
    await expect(subscribe()).rejects.toMatchObject({ code });
  });

  it('ends on request', async () => {
    expect(await make().disable()).toBe(false);
    const unsubscribe = vi.fn(() => Promise.resolve(true));
    pushManager.existing = { options: { applicationServerKey: null }, unsubscribe };
    expect(await make().disable()).toBe(true);
    expect(archive.setPushUser).toHaveBeenLastCalledWith(null);
  });
});

it('what the service worker hands over is handled as if the server had sent it', () => {
  make();
  const message = pushMessageOf(notification('a'));
  container.dispatchEvent(Object.assign(new Event('message'), { data: message }));
  container.dispatchEvent(Object.assign(new Event('message'), { data: { other: 1 } }));
  expect(receiver.receive).toHaveBeenCalledExactlyOnceWith(message.message);
  expect(container.startMessages).toHaveBeenCalled();
});

describe('the notification service', () => {
  const settings = completeConfig({ notifications: { enablePush: true } });

  it('asks the user before anything else, and loads the rest when it is wanted', async () => {
    const requestPermission = vi.fn(granted);
    vi.stubGlobal('Notification', { requestPermission });
    const manager = { subscribe: () => 'id', unsubscribe: () => undefined, settings, identity: '' };
    const service = new NotificationService(manager);
    const enabled = service.enablePush({ applicationServerKey: key });
    expect(requestPermission).toHaveBeenCalledOnce();
    await enabled;
    expect(pushManager.subscribe).toHaveBeenCalledOnce();
    expect(await service.disablePush()).toBe(false);
  });

  it('listens to the service worker from the first subscription on', async () => {
    const inject = vi.fn();
    const manager = { subscribe: () => 'id', unsubscribe: () => undefined, settings, inject };
    new NotificationService(manager).subscribeToNotifications();
    await vi.waitFor(() => expect(container.startMessages).toHaveBeenCalled());
    const message = pushMessageOf(notification('a'));
    container.dispatchEvent(Object.assign(new Event('message'), { data: message }));
    expect(inject).toHaveBeenCalledExactlyOnceWith(message.message);
  });
});
