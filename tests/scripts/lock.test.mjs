import { join } from 'node:path';

import { expect, it } from 'vitest';

import { withLock } from '../../scripts/lock.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

it('lets one in at a time, and the next when the first fails', async () => {
  const file = join(temporaryFolder(), 'folder/lock');
  /** @type {string[]} */
  const order = [];
  let finishFirst = () => {};
  const firstMayFinish = new Promise((resolve) => {
    finishFirst = () => resolve(undefined);
  });
  const first = withLock(file, { whileWaiting: '' }, async () => {
    order.push('first in');
    await firstMayFinish;
    order.push('first out');
    throw new Error('failed');
  });
  const firstFailed = expect(first).rejects.toThrow('failed');
  await expect.poll(() => order).toContain('first in');
  const second = withLock(file, { whileWaiting: '' }, async () => order.push('second in'));
  finishFirst();
  await Promise.all([firstFailed, second]);
  expect(order).toEqual(['first in', 'first out', 'second in']);
});
