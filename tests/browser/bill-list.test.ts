/** A long list: rows follow their bills always, and read and render news only where somebody can see them. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

const BILLS = 80;

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start(['--bills', String(BILLS)]);
});
afterAll(() => world?.stop());

function remark(billId: number, comment: string) {
  return {
    type: 'bill_update',
    bill_id: billId,
    update: { type: 'new_comment', data: { comment, author: `Author of ${comment}` } },
  };
}

test('a row out of view shows its news as soon as it comes into view', async () => {
  const { page, complaints } = await world.open('');
  const row = (billId: number) => page.locator(`[data-bill-id="${String(billId)}"]`);
  await expect
    .poll(async () => (await world.gateway.stats()).bills[String(BILLS)]?.subscribers)
    .toBe(1);
  await world.gateway.publish(remark(BILLS, 'last'));
  await world.gateway.publish(remark(1, 'first'));
  await row(1).getByText('Author of first commented').waitFor();
  expect(await row(1).getAttribute('data-in-view')).toBe('true');
  expect(await row(BILLS).getAttribute('data-in-view')).toBe('false');
  expect(await row(BILLS).textContent()).not.toContain('Author of last');

  await row(BILLS).scrollIntoViewIfNeeded();
  await row(BILLS).getByText('Author of last commented').waitFor();
  await expect.poll(() => row(1).getAttribute('data-in-view')).toBe('false');
  expect(complaints).toEqual([]);
  await page.context().close();
});
