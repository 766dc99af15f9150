// @vitest-environment node
// Whose messages are kept for whom; IndexedDB is a map.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import type { WaitingMessage } from '../../../js/src/engine/cell-records.js';
import type { WebSocketConfigInput } from '../../../js/src/types.js';
import { UnifiedWebSocketManager } from '../../../js/src/websocket/manager.js';
import { FakeEngine } from '../support/fake-engine.js';

const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb-keyval', () => ({
  createStore: vi.fn(),
  set: (key: string, value: unknown) =>
    Promise.resolve(void stored.set(key, structuredClone(value))),
  delMany: (keys: string[]) => Promise.resolve(keys.forEach((key) => stored.delete(key))),
  entries: () => Promise.resolve([...stored]),
}));

/** No other page is open: a lock is free unless this one holds it. */
const locks = {
  request: (_name: string, ...more: unknown[]) =>
    Promise.resolve((more.at(-1) as (lock: object) => unknown)({})),
};

beforeEach(() => {
  stored.clear();
  const target = new EventTarget();
  vi.stubGlobal('indexedDB', {});
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
});

const managers: UnifiedWebSocketManager[] = [];

afterEach(() => {
  for (const manager of managers.splice(0)) manager.stop();
  vi.unstubAllGlobals();
});

/** The browser takes a page away without a word; what it stored stays. */
function visit(token?: string, config: WebSocketConfigInput = {}) {
  const engine = new FakeEngine();
  const manager = new UnifiedWebSocketManager(config, { createEngine: () => engine });
  managers.push(manager);
  void manager.connect(token);
  return {
    engine,
    manager,
    waits: (...messages: WaitingMessage[]) => {
      engine.readModel.setValue('local:outbox', CellKind.outbox, messages);
    },
    givenBack: () =>
      engine
        .told('restoreOutbox')
        .flatMap(([json]) => JSON.parse(String(json)) as WaitingMessage[]),
  };
}

function message(messageId: string, client: string): WaitingMessage {
  return { messageId, client, message: '{"type":"x"}', expiresAt: Date.now() + 60_000 };
}

const idsIn = () =>
  [...stored.values()].flatMap((shelf) =>
    (shelf as { messages: WaitingMessage[] }).messages.map(({ messageId }) => messageId),
  );

it('a guest’s messages are given back to the next guest, with whose they were', async () => {
  const sent = message('a', 'first-visit');
  visit().waits(sent);
  await vi.waitFor(() => {
    expect(idsIn()).toEqual(['a']);
  });
  const [user, next] = [visit('a-token-of-ann'), visit()];
  await vi.waitFor(() => {
    expect(next.givenBack()).toEqual([sent]);
  });
  expect(user.givenBack()).toEqual([]);
});

it('who has signed in since takes along what he sent before', async () => {
  const page = visit();
  page.waits(message('a', 'first-visit'));
  await vi.waitFor(() => {
    expect(idsIn()).toEqual(['a']);
  });
  void page.manager.connect('a-token-of-ann');
  page.waits(message('a', 'first-visit'), message('b', 'first-visit'));
  await vi.waitFor(() => {
    expect(idsIn()).toEqual(['a', 'b']);
  });
  const [guest, next] = [visit(), visit('a-token-of-ann')];
  await vi.waitFor(() => {
    expect(next.givenBack()).toMatchObject([
      { messageId: 'a', client: 'first-visit' },
      { messageId: 'b', client: 'first-visit' },
    ]);
  });
  expect(guest.givenBack()).toEqual([]);
});

it('nobody is a guest before getToken has said so', async () => {
  const sent = message('a', 'first-visit');
  visit().waits(sent);
  await vi.waitFor(() => {
    expect(idsIn()).toEqual(['a']);
  });
  let answer: (token: string | null) => void = () => undefined;
  const getToken = () => new Promise<string | null>((resolve) => (answer = resolve));
  const asked = visit(undefined, { getToken });
  asked.engine.handlers.tokenWanted?.(1);
  const other = visit(undefined, { getToken: () => 'a-token-of-ann' });
  other.engine.handlers.tokenWanted?.(1);
  other.waits(message('b', 'other-visit'));
  await vi.waitFor(() => {
    expect(idsIn()).toEqual(['a', 'b']);
  });
  expect(asked.givenBack()).toEqual([]);
  answer(null);
  await vi.waitFor(() => {
    expect(asked.givenBack()).toEqual([sent]);
  });
});
