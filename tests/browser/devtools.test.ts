/** The devtools panel on the demo page, whose Content-Security-Policy allows no inline style. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

const comment = (text: string) => ({
  type: 'bill_update',
  bill_id: 3,
  update: { type: 'new_comment', data: { text } },
});

test('the panel shows the connection, topics and messages, in both themes, and goes away again', async () => {
  const { page, complaints } = await world.open('');
  await page.getByRole('button', { name: 'Look inside' }).click();
  const panel = page.getByRole('region', { name: 'civic-realtime devtools' });
  await panel.getByRole('listitem').filter({ hasText: 'connected' }).first().waitFor();
  const { position } = await page
    .locator('.civic-devtools')
    .evaluate((element) => getComputedStyle(element));
  expect(position).toBe('fixed');

  await panel.getByRole('tab', { name: 'Topics' }).click();
  const messages = panel.locator('[data-topic="bill:3"] [data-column="messages"]');
  const before = Number(await messages.textContent());
  await world.gateway.publish(comment('counted'));
  await expect.poll(async () => Number(await messages.textContent())).toBe(before + 1);

  await panel.getByRole('tab', { name: 'Messages' }).click();
  await panel.getByText('Messages appear here as they come').waitFor();
  // The engine has to hear that somebody listens before anything is passed on.
  await expect
    .poll(async () => {
      await world.gateway.publish(comment('a needle'));
      return panel.getByText('a needle').count();
    })
    .toBeGreaterThan(0);
  await world.gateway.publish(comment('hay'));
  await panel.getByText('hay', { exact: false }).first().waitFor();
  await panel.getByRole('searchbox').fill('NEEDLE');
  await expect.poll(() => panel.getByText('hay', { exact: false }).count()).toBe(0);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const name of ['Connection', 'Topics', 'Messages', 'Recording']) {
      await panel.getByRole('tab', { name }).click();
      await page.evaluate(axe);
      const { violations } = (await page.evaluate(
        "axe.run(document.querySelector('.civic-devtools'))",
      )) as AxeResults;
      expect(violations.map(({ id, help }) => `${name}, ${colorScheme}: ${id}: ${help}`)).toEqual(
        [],
      );
    }
  }

  await panel.getByRole('tab', { name: 'Connection' }).click();
  await world.gateway.kill();
  await panel.getByRole('listitem').filter({ hasText: 'reconnecting' }).first().waitFor();
  await page.getByRole('button', { name: 'Real time: reconnecting' }).waitFor();
  await world.gateway.restart();
  await page.getByRole('button', { name: 'Real time: connected' }).waitFor();

  await panel.getByRole('tab', { name: 'Connection' }).press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Hide the devtools' }).click();
  expect(await page.locator('.civic-devtools').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});
