// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import {
  NotificationKeeper,
  type KeptNotifications,
} from '../../../js/src/persistence/notification-keeper.js';
import { userKeyOf } from '../../../js/src/persistence/user-key.js';
import type { RealTimeNotification } from '../../../js/src/types.js';
import { VirtualTime } from '../engine/support/virtual-time.js';
import { notification } from '../support/records.js';

/** A page whose notifications a test decides. */
class FakePage implements KeptNotifications {
  limit = 10;
  user = '';
  known: RealTimeNotification[] | null = null;
  readonly restored: string[][] = [];
  readonly failures: unknown[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly userListeners = new Set<() => void>();

  token = () => this.user;
  isKnown = () => this.known !== null;
  all = () => this.known ?? [];
  watch = (listener: () => void) => listen(this.listeners, listener);
  watchToken = (listener: () => void) => listen(this.userListeners, listener);
  restore = (all: readonly RealTimeNotification[]) => {
    this.restored.push(all.map(({ id }) => id));
    this.show(...all.map((one, at) => ({ ...one, arrival: 100 + at })));
  };
  fail = (error: unknown) => this.failures.push(error);

  show(...all: RealTimeNotification[]): void {
    this.known = all;
    for (const listener of this.listeners) listener();
  }

  lose(): void {
    this.known = null;
    for (const listener of this.listeners) listener();
  }

  become(user: string): void {
    this.user = user;
    for (const listener of this.userListeners) listener();
  }

  get listenerCount(): number {
    return this.listeners.size + this.userListeners.size;
  }
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

class FakeArchive {
  readonly shelves = new Map<string, readonly RealTimeNotification[]>();
  saves = 0;
  broken: Error | null = null;
  load = async (user: string) => {
    if (this.broken !== null) throw this.broken;
    return Promise.resolve(this.shelves.get(user) ?? []);
  };
  save = async (user: string, all: readonly RealTimeNotification[]) => {
    if (this.broken !== null) throw this.broken;
    ++this.saves;
    this.shelves.set(user, all);
    return Promise.resolve();
  };
  prune = () => Promise.resolve();

  async of(user: string): Promise<string[]> {
    return (this.shelves.get(await userKeyOf(user)) ?? []).map(({ id }) => id);
  }
}

let page: FakePage;
let archive: FakeArchive;
let time: VirtualTime;
let keeper: NotificationKeeper;

beforeEach(() => {
  page = new FakePage();
  archive = new FakeArchive();
  time = new VirtualTime();
  keeper = new NotificationKeeper(page, archive, time.timers);
});

async function start(user: string): Promise<void> {
  page.user = user;
  keeper.start();
  await keeper.settled();
}

describe('keeping notifications', () => {
  it('gives back what an earlier visit left, and then keeps what is unread', async () => {
    archive.shelves.set(await userKeyOf('ann'), [notification('old')]);
    await start('ann');
    expect(page.restored).toEqual([['old']]);
    page.show(
      notification('b', { arrival: 101 }),
      notification('old', { arrival: 100, read: true }),
    );
    await time.pass(1000);
    await keeper.settled();
    expect(await archive.of('ann')).toEqual(['b']);
  });

  it('waits until the user is known', async () => {
    await start('');
    page.show(notification('a'));
    expect(archive.saves).toBe(0);
    page.become('ann');
    await keeper.settled();
    expect(await archive.of('ann')).toEqual(['a']);
  });

  it('stores at once after quiet, at most five times a second, the newest up to its limit', async () => {
    page.limit = 2;
    await start('ann');
    page.show(notification('a'));
    await keeper.settled();
    expect(archive.saves).toBe(1);
    for (let count = 2; count < 9; ++count) {
      page.show(
        notification(`n${count}`, { arrival: count }),
        notification('b'),
        notification('c'),
      );
    }
    await time.pass(199);
    await keeper.settled();
    expect(archive.saves).toBe(1);
    await time.pass(1);
    await keeper.settled();
    expect([archive.saves, await archive.of('ann')]).toEqual([2, ['n8', 'b']]);
  });

  it('stores when the page goes away, and when it ends', async () => {
    await start('ann');
    page.show(notification('a'));
    page.show(notification('b'), notification('a'));
    window.dispatchEvent(new Event('pagehide'));
    await keeper.settled();
    expect(await archive.of('ann')).toEqual(['b', 'a']);
    page.show(notification('c'));
    keeper.stop();
    await keeper.settled();
    expect(await archive.of('ann')).toEqual(['c']);
    expect([page.listenerCount, time.pendingTimers]).toEqual([0, 0]);
  });

  it('does not take an engine that is gone for notifications that were read, and gives them back', async () => {
    await start('ann');
    page.show(notification('a'));
    page.lose();
    await time.pass(5000);
    await keeper.settled();
    expect(await archive.of('ann')).toEqual(['a']);
    expect(page.restored).toEqual([['a']]);
  });

  it('keeps two users apart, also when one takes over from the other', async () => {
    archive.shelves.set(await userKeyOf('bob'), [notification('bob’s')]);
    await start('ann');
    page.show(notification('ann’s', { arrival: 5 }));
    page.become('bob');
    await keeper.settled();
    page.show(
      notification('bob’s new', { arrival: 6 }),
      notification('bob’s', { arrival: 7 }),
      notification('ann’s', { arrival: 5 }),
    );
    keeper.stop();
    await keeper.settled();
    expect([await archive.of('ann'), await archive.of('bob')]).toEqual([
      ['ann’s'],
      ['bob’s new', 'bob’s'],
    ]);
  });

  it('forgets everything when all are cleared, also what was not given back yet', async () => {
    archive.shelves.set(await userKeyOf('ann'), [notification('old')]);
    page.user = 'ann';
    keeper.start();
    keeper.clear();
    await keeper.settled();
    expect([page.restored, await archive.of('ann')]).toEqual([[], []]);
  });

  it('tells where nothing can be stored, and never throws', async () => {
    archive.broken = new Error('private window');
    await start('ann');
    expect(page.failures).toEqual([archive.broken]);
  });
});
