import { join } from 'node:path';

import { expect, it } from 'vitest';

import { withLock } from '../../scripts/lock.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

it('lets one in at a time, and the next when the first fails', async () => {
  const file = join(temporaryFolder(), 'folder/lock');
  /** @type {string[]} */
  const order = [];
  const first = withLock(file, { whileWaiting: '' }, async () => {
    order.push('first in');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    order.push('first out');
    throw new Error('failed');
  });
  await expect.poll(() => order).toContain('first in');
  const second = withLock(file, { whileWaiting: '' }, async () => order.push('second in'));
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(order).toEqual(['first in', 'first out', 'second in']);
});
