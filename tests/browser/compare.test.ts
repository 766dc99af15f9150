/** The screen on which the package and a hand-written receiver take turns. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

const movedTo = (status: string) => ({
  type: 'bill_update',
  bill_id: 3,
  update: { type: 'status_change', data: { description: `Moved to ${status}` } },
  timestamp: '2026-03-02T10:00:00.000Z',
});

test('both receivers show the same, and only the chosen one is subscribed', async () => {
  const { page, complaints } = await world.open('#/compare');
  const card = page.locator('[data-bill-id="3"]');
  const subscribers = async () => (await world.gateway.stats()).bills['3']?.subscribers ?? 0;
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));

  await expect.poll(subscribers).toBe(1);
  await world.gateway.publish(movedTo('committee'));
  await card.getByText('Moved to committee').waitFor();
  expect(sockets).toEqual([]);

  await page.getByLabel('JSON.parse, on the page').check({ force: true });
  await expect.poll(subscribers).toBe(2);
  expect(sockets).toHaveLength(1);
  // The package lets go a while after nobody follows.
  await expect.poll(subscribers, { timeout: 10_000 }).toBe(1);
  await world.gateway.publish(movedTo('the floor'));
  await card.getByText('Moved to the floor').waitFor();
  await expect
    .poll(() => page.locator('[data-figure="updates-per-second"]').textContent())
    .not.toBe('…');

  await page.getByLabel('civic-realtime, in a worker').check({ force: true });
  await expect.poll(subscribers).toBe(1);
  await world.gateway.publish(movedTo('the president'));
  await card.getByText('Moved to the president').waitFor();
  expect(sockets).toHaveLength(1);
  expect(complaints).toEqual([]);
  await page.context().close();
});
