/** The pages about what moves, and about experts and moderators. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

function metrics(billId: number, views: number) {
  return {
    type: 'engagement_metrics',
    bill_id: billId,
    metrics: { view_count: views, comment_count: 10, save_count: 20, share_count: 30 },
  };
}

test('the bill whose engagement moves is first, until another moves more', async () => {
  const { page, complaints } = await world.open('#/trending');
  const movers = page.locator('[data-mover]');
  await world.gateway.publish(metrics(4, 100_000));
  await expect.poll(() => movers.first().getAttribute('data-mover')).toBe('4');
  const rate = movers.first().locator('[data-label="Views"] [data-rate]');
  await expect.poll(async () => Number(await rate.getAttribute('data-rate'))).toBeGreaterThan(0);

  await world.gateway.publish(metrics(2, 900_000));
  await expect.poll(() => movers.first().getAttribute('data-mover')).toBe('2');
  await movers.first().getByRole('link').click();
  await page.getByRole('table', { name: 'Rates per minute, and whether they rise' }).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('experts and moderation appear, also those of while the visitor was elsewhere', async () => {
  const { page, complaints } = await world.open('');
  await world.gateway.publish({
    type: 'expert_activity',
    expert_id: 'e-1',
    bill_id: 2,
    data: { name: 'Dr. Ida Berg', action: 'commented', summary: 'The estimate holds.' },
  });
  await page.getByRole('link', { name: 'Experts', exact: true }).click();
  const experts = page.getByRole('region', { name: 'Experts', exact: true });
  await experts.getByRole('listitem').getByText('Dr. Ida Berg').waitFor();
  await experts.getByText('The estimate holds.').waitFor();

  await world.gateway.publish({
    type: 'moderation_event',
    target_id: 'c-1',
    data: { action: 'flagged', reason: 'off topic', bill_id: 2 },
  });
  const moderation = page.getByRole('region', { name: 'Moderation' });
  await moderation.getByRole('listitem').getByText('Flagged: off topic').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the connection can be ended and made again in its panel', async () => {
  const { page } = await world.open('');
  const status = page.getByRole('banner').getByRole('status');
  await page.getByRole('button', { name: 'Connection: Live' }).click();
  const panel = page.getByRole('dialog', { name: 'Connection' });
  await panel.getByText('a worker').waitFor();
  await panel.getByRole('button', { name: 'Disconnect' }).click();
  await status.getByText('Not connected').waitFor();
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await status.getByText('Live').waitFor();
  await page.context().close();
});

test('the slider changes how many messages the gateway makes', async () => {
  const { page } = await world.open('');
  const slider = page.getByRole('slider', { name: 'Messages a second' });
  await slider.focus();
  await page.keyboard.press('PageUp');
  const asked = async () => {
    const { feed } = (await world.gateway.stats()) as unknown as { feed: { rate: number } };
    return feed.rate;
  };
  await expect.poll(asked).toBeGreaterThan(1);
  await page.keyboard.press('Home');
  await expect.poll(asked).toBe(1);
  await page.context().close();
});
