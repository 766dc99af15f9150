// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { handleNotificationClick, handlePush, registerPush } from '../../../js/src/push-worker.js';
import { isPushMessage } from '../../../js/src/push/push-message.js';
import type { PushWorkerScope, WindowClientLike } from '../../../js/src/push/worker-scope.js';

const payload = {
  type: 'notification',
  notification: {
    id: 7,
    type: 'vote',
    title: 'Vote today',
    message: 'At noon',
    data: { url: '/bills/7' },
  },
};

let pages: (WindowClientLike & {
  postMessage: ReturnType<typeof vi.fn>;
  focus: ReturnType<typeof vi.fn>;
})[];
let showNotification: ReturnType<typeof vi.fn>;
let openWindow: ReturnType<typeof vi.fn>;
let scope: PushWorkerScope;
const archive = { pushUser: vi.fn(), add: vi.fn() };

beforeEach(() => {
  pages = [];
  showNotification = vi.fn(() => Promise.resolve());
  openWindow = vi.fn(() => Promise.resolve());
  archive.pushUser.mockReset().mockResolvedValue('user ann');
  archive.add.mockReset().mockResolvedValue(undefined);
  scope = {
    registration: { scope: 'https://example.org/', showNotification },
    clients: { matchAll: () => Promise.resolve(pages), openWindow },
    addEventListener: vi.fn(),
  } as unknown as PushWorkerScope;
});

function page(visibilityState: string, url = 'https://example.org/') {
  return { url, visibilityState, postMessage: vi.fn(), focus: vi.fn(() => Promise.resolve()) };
}

async function push(data: unknown): Promise<void> {
  let work: Promise<unknown> = Promise.resolve();
  const event = {
    data: { json: () => data },
    waitUntil: (what: Promise<unknown>) => (work = what),
  };
  handlePush(event, scope, { archive });
  await work;
}

describe('a push', () => {
  it('is shown and kept when no page is open', async () => {
    await push(payload);
    expect(showNotification).toHaveBeenCalledExactlyOnceWith(
      'Vote today',
      expect.objectContaining({ body: 'At noon', tag: '7' }),
    );
    expect(archive.add).toHaveBeenCalledExactlyOnceWith(
      'user ann',
      expect.objectContaining({ id: '7', type: 'vote', priority: 'normal', read: false }),
      100,
    );
  });

  it('goes to open pages, and is not shown by the system when one is visible', async () => {
    pages = [page('visible'), page('hidden')];
    await push(payload);
    expect(showNotification).not.toHaveBeenCalled();
    expect(archive.add).not.toHaveBeenCalled();
    for (const { postMessage } of pages) {
      const [message] = postMessage.mock.calls[0] as [unknown];
      expect(isPushMessage(message)).toBe(true);
      expect(message).toMatchObject({
        message: { type: 'notification', notification: { id: '7' } },
      });
    }
  });

  it('is shown as well when all pages are hidden, as browsers demand', async () => {
    pages = [page('hidden')];
    await push(payload);
    expect(pages[0]?.postMessage).toHaveBeenCalledOnce();
    expect(showNotification).toHaveBeenCalledOnce();
    expect(archive.add).not.toHaveBeenCalled();
  });

  it('is shown also where nothing can be kept', async () => {
    archive.pushUser.mockRejectedValue(new Error('no storage'));
    await push(payload);
    expect(showNotification).toHaveBeenCalledOnce();
  });

  it.each([null, 'text', { type: 'notification' }, { notification: [] }])(
    'of %j is left alone',
    async (data) => {
      await push(data);
      expect(showNotification).not.toHaveBeenCalled();
    },
  );

  it('that is no JSON is left alone', () => {
    const data = {
      json: () => {
        throw new SyntaxError('no JSON');
      },
    };
    const waitUntil = vi.fn();
    handlePush({ data, waitUntil }, scope);
    handlePush({ data: null, waitUntil }, scope);
    expect(waitUntil).not.toHaveBeenCalled();
  });

  it('may be flat and in camelCase, as every message', async () => {
    await push({
      type: 'notification',
      notificationId: 'x',
      body: 'Hello',
      expiresAt: '2030-01-01T00:00:00Z',
      priority: 'critical',
    });
    expect(archive.add).toHaveBeenCalledWith(
      'user ann',
      expect.objectContaining({ id: 'x', message: 'Hello', expiresAt: Date.UTC(2030, 0, 1) }),
      100,
    );
    expect(showNotification).toHaveBeenCalledWith(
      '',
      expect.objectContaining({ requireInteraction: true }),
    );
  });
});

describe('a click', () => {
  async function click(): Promise<void> {
    const { data } = (showNotification.mock.calls[0] as [string, { data: unknown }])[1];
    let work: Promise<unknown> = Promise.resolve();
    handleNotificationClick(
      { notification: { data, close: vi.fn() }, waitUntil: (what) => (work = what) },
      scope,
    );
    await work;
  }

  it('opens the page the notification names', async () => {
    await push(payload);
    await click();
    expect(openWindow).toHaveBeenCalledWith('https://example.org/bills/7');
  });

  it('brings up that page when it is open', async () => {
    pages = [page('hidden'), page('hidden', 'https://example.org/bills/7')];
    await push(payload);
    await click();
    expect(pages[1]?.focus).toHaveBeenCalledOnce();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it.each(['https://elsewhere.example/', 'javascript:alert(1)', 5])(
    'never leads to %s',
    async (url) => {
      await push({ ...payload, notification: { ...payload.notification, data: { url } } });
      await click();
      expect(openWindow).toHaveBeenCalledWith('https://example.org/');
    },
  );

  it('on what somebody else showed is left alone', () => {
    const [close, waitUntil] = [vi.fn(), vi.fn()];
    handleNotificationClick({ notification: { data: null, close }, waitUntil }, scope);
    expect([close, waitUntil].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });
});

it('registers for pushes and for clicks', () => {
  registerPush(scope);
  expect(vi.mocked(scope.addEventListener).mock.calls.map(([type]) => type)).toEqual([
    'push',
    'notificationclick',
  ]);
});
