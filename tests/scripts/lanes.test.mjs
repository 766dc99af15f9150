import { expect, it } from 'vitest';

import { inLanes } from '../../scripts/lanes.mjs';

/**
 * Work that ends when the test says so, and what has begun so far.
 *
 * @param {readonly import('../../scripts/lanes.mjs').LaneItem[]} items
 * @param {number} count
 */
function begin(items, count) {
  /** @type {string[]} */
  const begun = [];
  /** @type {Map<string, { resolve: () => void, reject: (error: Error) => void }>} */
  const open = new Map();
  const done = inLanes(items, count, ({ name }) => {
    begun.push(name);
    return new Promise((resolve, reject) => open.set(name, { resolve, reject }));
  });
  const end = async (/** @type {string} */ name) => {
    open.get(name)?.resolve();
    // The lanes learn of it after a few turns of promises, which are all over when a timer fires.
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    begun,
    done,
    end,
    fail: (/** @type {string} */ name) => open.get(name)?.reject(new Error(name)),
  };
}

it('begins in order, as many as there are lanes', async () => {
  const { begun, done, end } = begin([{ name: 'a' }, { name: 'b' }, { name: 'c' }], 2);
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  await done;
});

it('does not run at once what holds the same thing', async () => {
  const items = [
    { name: 'a', holds: ['package'] },
    { name: 'b', holds: ['package'] },
    { name: 'c', holds: ['browser'] },
    { name: 'd' },
  ];
  const { begun, done, end } = begin(items, 2);
  expect(begun).toEqual(['a', 'c']);
  await end('c');
  expect(begun).toEqual(['a', 'c', 'd']);
  await end('d');
  expect(begun).toEqual(['a', 'c', 'd']);
  await end('a');
  expect(begun).toEqual(['a', 'c', 'd', 'b']);
  await end('b');
  await done;
});

it('runs alone what may not run beside anything', async () => {
  const items = [{ name: 'a' }, { name: 'b', alone: true }, { name: 'c' }, { name: 'd' }];
  const { begun, done, end } = begin(items, 2);
  expect(begun).toEqual(['a', 'c']);
  await end('a');
  expect(begun).toEqual(['a', 'c', 'd']);
  await end('c');
  expect(begun).toEqual(['a', 'c', 'd']);
  await end('d');
  expect(begun).toEqual(['a', 'c', 'd', 'b']);
  await end('b');
  await done;
});

it('begins nothing beside what runs alone', async () => {
  const { begun, done, end } = begin([{ name: 'a', alone: true }, { name: 'b' }], 2);
  expect(begun).toEqual(['a']);
  await end('a');
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  await done;
});

it('begins nothing more after a failure', async () => {
  const { begun, done, fail } = begin([{ name: 'a' }, { name: 'b' }], 1);
  fail('a');
  await expect(done).rejects.toThrow('a');
  expect(begun).toEqual(['a']);
});

it('has nothing to do without items', async () => {
  await expect(inLanes([], 2, () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
});
