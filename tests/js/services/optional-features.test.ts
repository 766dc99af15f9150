// @vitest-environment jsdom
// Keeping notifications until the next visit, on the real engine; IndexedDB is a map.
import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import { createFakeServer, type FakeServer } from '../../../js/src/testing.js';
import type { RealTimeConfigInput } from '../../../js/src/types.js';

const storage = vi.hoisted(() => ({
  values: new Map<string, unknown>(),
  broken: false,
  asked: 0,
  pruned: 0,
}));
vi.mock('idb-keyval', () => {
  const ask = <Result>(act: () => Result): Promise<Result> => {
    ++storage.asked;
    return storage.broken ? Promise.reject(new Error('private window')) : Promise.resolve(act());
  };
  return {
    createStore: vi.fn(),
    get: (key: string) => ask(() => storage.values.get(key)),
    set: (key: string, value: unknown) =>
      ask(() => void storage.values.set(key, structuredClone(value))),
    del: (key: string) => ask(() => void storage.values.delete(key)),
    delMany: () => ask(() => undefined),
    entries: () => {
      ++storage.pruned;
      return ask(() => [...storage.values]);
    },
  };
});

beforeEach(() => {
  vi.stubGlobal('indexedDB', {});
  vi.stubGlobal('crypto', webcrypto);
  storage.values.clear();
  storage.broken = false;
  storage.asked = 0;
});

/** Visits go on storing until they end, and the storage is one for all tests. */
const visited: FakeServer[] = [];

function opened(server: FakeServer): FakeServer {
  visited.push(server);
  return server;
}

afterEach(async () => {
  for (const server of visited.splice(0)) await server.service.shutdown();
  await rest();
  vi.unstubAllGlobals();
});

/** One visit of a user, with his notifications subscribed and what was kept given back. */
async function visit(token: string | undefined, config: RealTimeConfigInput = {}) {
  const server = opened(createFakeServer({ config }));
  const notifications = server.service.getNotificationService();
  notifications.subscribeToNotifications();
  const isLooked = token !== undefined && config.notifications === undefined ? looked() : rest();
  await server.service.initialize(token);
  await isLooked;
  const ids = () => notifications.getAllNotifications().map(({ id }) => id);
  return { server, notifications, ids };
}

/** Gives loading, hashing and storing the time to happen where nothing should. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 5; ++turn) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Resolves when what was kept was looked at, and given back if there was any. */
async function looked(): Promise<void> {
  const before = storage.pruned;
  await vi.waitFor(() => {
    expect(storage.pruned).toBeGreaterThan(before);
  });
}

async function stored(count: number): Promise<void> {
  await vi.waitFor(() => {
    expect(storage.values.size).toBe(count);
  });
}

function deliver(server: FakeServer, ...ids: string[]): void {
  for (const id of ids) server.deliver({ type: 'notification', id, title: id });
}

describe('notifications of an earlier visit', () => {
  it('are there again for the same user while unread, and for nobody else', async () => {
    const first = await visit('token-of-ann');
    deliver(first.server, 'a', 'b', 'c');
    first.notifications.markAsRead('b');
    await first.server.service.shutdown();
    await stored(1);
    expect(JSON.stringify([...storage.values])).not.toContain('token-of-ann');

    expect((await visit('token-of-bob')).ids()).toEqual([]);
    const again = await visit('token-of-ann');
    expect(again.ids()).toEqual(['c', 'a']);
    expect(again.notifications.getUnreadCount()).toBe(2);
  });

  it('are forgotten when all are cleared', async () => {
    const first = await visit('token-of-ann');
    deliver(first.server, 'a');
    await stored(1);
    first.notifications.clearAllNotifications();
    await stored(0);
  });

  it('stay when nobody is subscribed any more', async () => {
    const first = await visit('token-of-ann');
    deliver(first.server, 'a');
    first.notifications.unsubscribeFromNotifications();
    await first.server.advance(10_000);
    await stored(1);
    expect(first.ids()).toEqual([]);
    expect((await visit('token-of-ann')).ids()).toEqual(['a']);
  });

  it.each<[string, string | undefined, RealTimeConfigInput]>([
    ['without a token', undefined, {}],
    ['when it is switched off', 'token', { notifications: { persistOffline: false } }],
  ])('are not kept %s', async (_when, token, config) => {
    const { server } = await visit(token, config);
    deliver(server, 'a');
    await rest();
    expect(storage.asked).toBe(0);
  });

  it('are not kept where a hash cannot be made, and nothing is said', async () => {
    vi.stubGlobal('crypto', {});
    const server = opened(createFakeServer());
    server.service.getNotificationService().subscribeToNotifications();
    await server.service.initialize('token');
    deliver(server, 'a');
    await rest();
    expect(storage.asked).toBe(0);
  });

  it('are one error event where nothing can be stored, and everything else works', async () => {
    storage.broken = true;
    const server = opened(createFakeServer());
    const onError = vi.fn();
    server.service.setHandlers({ onError });
    const notifications = server.service.getNotificationService();
    notifications.subscribeToNotifications();
    await server.service.initialize('token');
    await vi.waitFor(() => expect(onError).toHaveBeenCalled());
    deliver(server, 'a');
    notifications.clearAllNotifications();
    await rest();
    expect(onError.mock.calls).toEqual([
      [
        expect.objectContaining({
          code: 'storage-unavailable',
          message: expect.stringContaining('private window') as string,
        }),
      ],
    ]);
  });
});
