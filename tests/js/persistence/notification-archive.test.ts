// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { NotificationArchive } from '../../../js/src/persistence/notification-archive.js';
import { notification } from '../support/records.js';

/** Stands for IndexedDB, which neither Node nor jsdom has. */
const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb-keyval', () => ({
  createStore: vi.fn(),
  get: (key: string) => Promise.resolve(stored.get(key)),
  set: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  update: (key: string, change: (old: unknown) => unknown) =>
    Promise.resolve(void stored.set(key, change(stored.get(key)))),
  del: (key: string) => Promise.resolve(void stored.delete(key)),
  delMany: (keys: string[]) => Promise.resolve(keys.forEach((key) => stored.delete(key))),
  entries: () => Promise.resolve([...stored]),
}));

let archive: NotificationArchive;

beforeEach(() => {
  stored.clear();
  archive = new NotificationArchive();
});

describe('the archive', () => {
  it('keeps each user’s notifications, and nothing of a user who has none', async () => {
    const [a, b] = [notification('a'), notification('b')];
    await archive.save('ann', [a]);
    await archive.save('bob', [b]);
    expect([
      await archive.load('ann'),
      await archive.load('bob'),
      await archive.load('eve'),
    ]).toEqual([[a], [b], []]);
    await archive.save('ann', []);
    expect([...stored.keys()]).toEqual(['bob']);
  });

  it('adds in front, one per id, up to a limit', async () => {
    await archive.save('ann', [notification('a'), notification('b')]);
    await archive.add('ann', notification('c'), 3);
    await archive.add('ann', notification('b', { title: 'again' }), 2);
    const ids = (await archive.load('ann')).map(({ id, title }) => [id, title]);
    expect(ids).toEqual([
      ['b', 'again'],
      ['c', 'title c'],
    ]);
  });

  it('forgets users who are many or were not here for long, and never whom pushes are for', async () => {
    vi.useFakeTimers({ now: 0 });
    await archive.setPushUser('ann');
    await archive.save('long ago', [notification('a')]);
    vi.setSystemTime(40 * 24 * 60 * 60 * 1000);
    for (let user = 0; user < 10; ++user) {
      vi.advanceTimersByTime(1);
      await archive.save(`user ${user}`, [notification('a')]);
    }
    await archive.prune();
    vi.useRealTimers();
    expect([...stored.keys()]).toEqual([
      'push',
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((user) => `user ${user}`),
    ]);
    expect(await archive.pushUser()).toBe('ann');
    await archive.setPushUser(null);
    expect(await archive.pushUser()).toBeNull();
  });

  it('reads nothing out of what somebody else wrote there', async () => {
    stored.set('ann', { notifications: 'x' });
    expect(await archive.load('ann')).toEqual([]);
  });
});
