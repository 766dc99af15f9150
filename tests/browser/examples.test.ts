/** The documentation's code blocks, as they are written, running on the demo's page of examples. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld, type DemoTab } from './support/demo-world.js';

let world: DemoWorld;
let tab: DemoTab;

beforeAll(async () => {
  world = await DemoWorld.start();
  tab = await world.open('#/examples');
});
afterAll(() => world?.stop());

function example(name: string) {
  return tab.page.getByRole('region', { name, exact: true });
}

async function run(name: string): Promise<void> {
  await example(name).getByRole('button', { name: 'Run the example' }).click();
  await example(name).getByText('Done.').waitFor();
}

const printed = (name: string) => example(name).getByLabel('What the example printed');

async function setConnection(page: Page, button: 'Connect' | 'Disconnect', words: string) {
  const panel = page.getByRole('dialog', { name: 'Connection' });
  await page.getByRole('button', { name: /^Connection: / }).click();
  await panel.getByRole('button', { name: button, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('banner').getByRole('status').getByText(words).waitFor();
}

test('Basic WebSocket Connection', async () => {
  await example('Basic WebSocket connection').getByText('Status: Connected').waitFor();
});

test('Bill Tracking', async () => {
  await example('Bill tracking').getByRole('combobox').selectOption('2');
  await expect.poll(async () => (await world.gateway.stats()).bills['2']?.subscribers).toBe(1);
  await world.gateway.publish({
    type: 'bill_update',
    bill_id: 2,
    update: { type: 'amendment', data: { text: 'Amended' } },
  });
  await example('Bill tracking')
    .getByText(/amendment: .*"text":"Amended"/)
    .waitFor();
});

test('Custom Configuration', async () => {
  await run('Custom configuration');
  await printed('Custom configuration').getByText('"interval": 15000').waitFor();
});

test('After (Consolidated)', async () => {
  await run('After the migration');
  await example('After the migration').getByText('Connected', { exact: true }).waitFor();
});

test('Connection Problems', async () => {
  const name = 'Troubleshooting: connection problems';
  await run(name);
  await printed(name).getByText('Connection state: connected').waitFor();

  await setConnection(tab.page, 'Disconnect', 'Not connected');
  await run(name);
  await printed(name).getByText('Connection state: disconnected').waitFor();
  await tab.page.getByRole('banner').getByRole('status').getByText('Live').waitFor();
});

test('Memory Leaks', async () => {
  const leaks = example('Troubleshooting: memory leaks');
  const subscribers = async () => (await world.gateway.stats()).bills['6']?.subscribers ?? 0;
  await leaks.getByRole('combobox').selectOption('6');
  await leaks.getByRole('button', { name: 'Mount the component' }).click();
  await expect.poll(subscribers).toBe(1);
  await leaks.getByRole('button', { name: 'Unmount the component' }).click();
  await expect.poll(subscribers, { timeout: 30_000 }).toBe(0);
});

test('Performance Issues', async () => {
  const shown = example('Troubleshooting: performance issues').getByRole('region');
  await shown.getByText('Subscriptions of this page').waitFor();
  await shown.getByText('Updates by the hook').waitFor();
});

// The last: it ends the page's service and starts it again.
test('Direct Service Usage', async () => {
  await run('Direct service usage');
  await printed('Direct service usage').getByText('Real-time stats:').waitFor();
  await tab.page.getByRole('banner').getByRole('status').getByText('Live').waitFor();
  expect(tab.complaints).toEqual([]);
});
