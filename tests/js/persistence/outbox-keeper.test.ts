// @vitest-environment jsdom
import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { WaitingMessage } from '../../../js/src/engine/cell-records.js';
import { OutboxArchive } from '../../../js/src/persistence/outbox-archive.js';
import { OutboxKeeper, type KeptOutbox } from '../../../js/src/persistence/outbox-keeper.js';
import type { Locks } from '../../../js/src/persistence/page-lock.js';
import { VirtualTime } from '../engine/support/virtual-time.js';

/** Stands for IndexedDB, which neither Node nor jsdom has. */
const stored = vi.hoisted(() => new Map<string, unknown>());
const broken = vi.hoisted(() => ({ by: null as Error | null }));
vi.mock('idb-keyval', () => {
  const ask = <Result>(act: () => Result): Promise<Result> =>
    broken.by === null ? Promise.resolve(act()) : Promise.reject(broken.by);
  return {
    createStore: vi.fn(),
    set: (key: string, value: unknown) => ask(() => void stored.set(key, structuredClone(value))),
    delMany: (keys: string[]) => ask(() => keys.forEach((key) => stored.delete(key))),
    entries: () => ask(() => [...stored]),
  };
});

/** The locks of one browser. */
class FakeLocks {
  readonly held = new Set<string>();
  request = (async (name: string, ...more: unknown[]) => {
    const [options, callback] = more.length === 1 ? [{}, more[0]] : more;
    const { ifAvailable } = options as { ifAvailable?: boolean };
    const hold = callback as (lock: unknown) => Promise<unknown>;
    if (this.held.has(name)) {
      if (ifAvailable === true) return hold(null);
      throw new Error(`somebody else has ${name}`);
    }
    this.held.add(name);
    try {
      return await hold({ name });
    } finally {
      this.held.delete(name);
    }
  }) as Locks['request'];
}

let locks: FakeLocks;
let time: VirtualTime;
const visits: Visit[] = [];

/** A page whose outbox a test decides, and that gives back to it what is restored. */
class Visit implements KeptOutbox {
  readonly limit = Infinity;
  readonly failures: unknown[] = [];
  known: WaitingMessage[] | null = [];
  private readonly listeners = new Set<() => void>();
  private readonly userListeners = new Set<() => void>();
  readonly keeper: OutboxKeeper;

  constructor(
    page: string,
    private user: string,
  ) {
    const archive = new OutboxArchive(locks, page, () => time.nowMs);
    this.keeper = new OutboxKeeper(this, archive, time.timers);
    visits.push(this);
  }

  token = () => this.user;
  isKnown = () => this.known !== null;
  all = () => this.known ?? [];
  watch = (listener: () => void) => listen(this.listeners, listener);
  watchToken = (listener: () => void) => listen(this.userListeners, listener);
  restore = (messages: readonly WaitingMessage[]) => {
    this.show(...this.all(), ...messages);
  };
  hasSecret = (text: string) => text.includes('secret');
  fail = (error: unknown) => this.failures.push(error);

  show(...messages: WaitingMessage[]): void {
    this.known = messages;
    for (const listener of this.listeners) listener();
  }

  /** The engine broke down. */
  lose(): void {
    this.known = null;
    for (const listener of this.listeners) listener();
  }

  become(user: string): void {
    this.user = user;
    for (const listener of this.userListeners) listener();
  }

  async start(): Promise<this> {
    this.keeper.start();
    await this.keeper.settled();
    return this;
  }

  async later(): Promise<void> {
    await time.pass(200);
    await this.keeper.settled();
  }

  /** The browser takes the page away, without a word. */
  vanish(): void {
    locks.held.clear();
    this.listeners.clear();
    this.userListeners.clear();
  }

  get ids(): string[] {
    return this.all().map(({ messageId }) => messageId);
  }
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function message(messageId: string, more: Partial<WaitingMessage> = {}): WaitingMessage {
  return { messageId, message: '{"type":"x"}', expiresAt: time.nowMs + 60_000, ...more };
}

beforeEach(() => {
  stored.clear();
  broken.by = null;
  locks = new FakeLocks();
  time = new VirtualTime();
  vi.stubGlobal('crypto', webcrypto);
});

afterEach(async () => {
  for (const visit of visits.splice(0)) {
    visit.keeper.forget();
    await visit.keeper.settled();
  }
  vi.unstubAllGlobals();
});

const page = (name: string, user = 'ann') => new Visit(name, user).start();

describe('messages that wait', () => {
  it('are there again at the next visit of the same user, oldest first, and for nobody else', async () => {
    const first = await page('1');
    first.show(message('a'), message('b', { key: 'k', whenFull: 'dropOldest' }));
    await first.later();
    first.vanish();
    expect((await page('2', 'bob')).ids).toEqual([]);
    const next = await page('3');
    expect(next.all()).toEqual(
      [message('a'), message('b', { key: 'k', whenFull: 'dropOldest' })].map((one) => ({
        ...one,
        expiresAt: one.expiresAt - 200,
      })),
    );
    next.show(message('b'));
    await next.later();
    next.vanish();
    expect((await page('4')).ids).toEqual(['b']);
  });

  it('are forgotten once they were acknowledged, or their time is over', async () => {
    const first = await page('1');
    first.show(message('a'), message('b', { expiresAt: time.nowMs + 1000 }));
    await first.later();
    first.vanish();
    await time.pass(1000);
    const next = await page('2');
    expect(next.ids).toEqual(['a']);
    next.show();
    await next.later();
    next.vanish();
    expect(stored.size).toBe(0);
  });

  it('stay with their page as long as it is there', async () => {
    const one = await page('1');
    one.show(message('a'));
    await one.later();
    const other = await page('2');
    expect(other.ids).toEqual([]);
    other.show(message('b'));
    await other.later();
    expect(stored.size).toBe(2);
    one.vanish();
    other.vanish();
    expect((await page('3')).ids).toEqual(['a', 'b']);
    expect(stored.size).toBe(1);
  });

  it('may be taken over from a page in the back/forward cache, until it is back', async () => {
    const one = await page('1');
    one.show(message('a'));
    await one.later();
    expect(locks.held.size).toBe(1);
    window.dispatchEvent(new Event('pagehide'));
    await one.keeper.settled();
    await vi.waitFor(() => expect(locks.held.size).toBe(0));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await vi.waitFor(() => expect(locks.held.size).toBe(1));
  });

  it('are not kept when they have a secret in them', async () => {
    const first = await page('1');
    first.show(message('a', { message: '{"type":"x","token":"secret"}' }), message('b'));
    await first.later();
    expect(JSON.stringify([...stored])).not.toContain('secret');
    first.vanish();
    expect((await page('2')).ids).toEqual(['b']);
  });

  it('of one user are not those of the one who takes over', async () => {
    const visit = await page('1');
    visit.show(message('ann’s'));
    await visit.later();
    visit.become('bob');
    await visit.keeper.settled();
    visit.show(message('ann’s'), message('bob’s'));
    await visit.later();
    visit.vanish();
    expect((await page('2', 'bob')).ids).toEqual(['bob’s']);
  });

  it('are not sent later when the page was told that they are not: an engine that broke down', async () => {
    const first = await page('1');
    first.show(message('old'));
    await first.later();
    first.vanish();
    const next = await page('2');
    next.show(message('old'), message('new'));
    await next.later();
    next.lose();
    await next.later();
    expect(next.ids).toEqual(['old']);
    next.vanish();
    expect((await page('3')).ids).toEqual(['old']);
  });

  it('are not sent later when the service was ended', async () => {
    const first = await page('1');
    first.show(message('a'));
    await first.later();
    first.show(message('a'), message('b'));
    first.keeper.forget();
    await first.keeper.settled();
    await vi.waitFor(() => expect([stored.size, locks.held.size]).toEqual([0, 0]));
  });
});

it('takes nothing from what somebody else wrote there', async () => {
  const first = await page('1');
  first.show(message('a'));
  await first.later();
  const [[key, shelf] = []] = [...stored] as [string, { user: string; messages: unknown }][];
  first.vanish();
  stored.set(String(key), { ...shelf, messages: 'x' });
  stored.set('odd', { ...shelf, messages: [{}, { messageId: 5, expiresAt: 'x' }, null] });
  stored.set('empty', null);
  const next = await page('2');
  expect([next.ids, next.failures, stored.size]).toEqual([[], [], 0]);
});

it('tells where nothing can be stored, and never throws', async () => {
  broken.by = new Error('private window');
  const visit = await page('1');
  visit.show(message('a'));
  await visit.later();
  expect(visit.failures).toEqual([broken.by]);
});
