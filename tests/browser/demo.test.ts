/** The demo page as people get it: built, strict Content-Security-Policy, a gateway that dies and comes back. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

function remark(text: string) {
  return {
    type: 'bill_update',
    bill_id: 3,
    update: { type: 'new_comment', data: { comment: text, author: 'A. Citizen' } },
  };
}

test('a pushed update appears; the gateway is killed and restarted; the page comes back by itself', async () => {
  const { page, complaints } = await world.open('#/bill/3');
  const status = page.getByRole('banner').getByRole('status');
  await world.gateway.publish(remark('First remark of this test'));
  await page.getByText('First remark of this test').waitFor();

  await world.gateway.kill();
  await status.getByText('Reconnecting').waitFor();
  await world.gateway.restart();
  await status.getByText('Live').waitFor();
  // The gateway forgets subscriptions with its connections: only a page that subscribed again sees this.
  await world.gateway.untilFollowed(3);
  await world.gateway.publish(remark('Second remark of this test'));
  await page.getByText('Second remark of this test').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the specification's Bill Tracking block runs as it is written", async () => {
  const { page, complaints } = await world.open('#/examples');
  const example = page.getByRole('region', { name: 'Bill tracking' });
  await example.getByRole('heading', { name: /^Bill Updates \(\d+\)$/ }).waitFor();
  const billId = Number(await example.getByRole('combobox').inputValue());
  await world.gateway.untilFollowed(billId);
  await world.gateway.publish({ ...remark('A remark for the example'), bill_id: billId });
  await example.getByText('A remark for the example').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the specification's Direct Service Usage block runs as it is written", async () => {
  const { page, complaints } = await world.open('#/examples');
  const example = page.getByRole('region', { name: 'Direct service usage' });
  await example.getByRole('button', { name: 'Run the example' }).click();
  await example.getByText('Done.').waitFor();
  await example.getByLabel('What the example printed').getByText('Real-time stats:').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});
