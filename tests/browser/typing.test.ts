/**
 * Two pages: a keystroke on one shows "1 user(s) typing..." in the specification's CommunityDiscussion block on the other, and it
 * disappears when the other stops, leaves, or loses its connection.
 */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

/** The page with the specification's block, which shows who types about a bill. */
async function openReader(billId: number) {
  const { page, complaints } = await world.open('#/examples');
  const example = page.getByRole('region', { name: 'Community real-time features' });
  await example.getByRole('combobox').selectOption(String(billId));
  return { page, complaints, typing: example.getByText('1 user(s) typing...') };
}

async function pressKey(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'What do you think of this bill?' }).press('H');
}

async function typingStops(): Promise<number> {
  return (await world.gateway.stats()).received['typing_stop'] ?? 0;
}

test('it disappears when the other stops', async () => {
  const reader = await openReader(1);
  const writer = await world.open('#/bill/1');
  await pressKey(writer.page);
  await reader.typing.waitFor();
  const stopsBefore = await typingStops();

  await writer.page.getByRole('textbox', { name: 'What do you think of this bill?' }).blur();
  await reader.typing.waitFor({ state: 'detached' });
  expect(await typingStops()).toBe(stopsBefore + 1);
  expect([...reader.complaints, ...writer.complaints]).toEqual([]);
  await Promise.all([reader.page.context().close(), writer.page.context().close()]);
});

test('it disappears when the other leaves', async () => {
  const reader = await openReader(2);
  const writer = await world.open('#/bill/2');
  await pressKey(writer.page);
  await reader.typing.waitFor();

  // A page that is closed says nothing any more, and the gateway tells the others. A browser that takes longer to close it
  // than typing lasts lets it say so itself; the test of the lost connection is the one that rules that out.
  await writer.page.context().close();
  await reader.typing.waitFor({ state: 'detached' });
  await reader.page.context().close();
});

test('it disappears when the other goes to another page of the demo', async () => {
  const reader = await openReader(3);
  const writer = await world.open('#/bill/3');
  await pressKey(writer.page);
  await reader.typing.waitFor();

  await writer.page.getByRole('link', { name: 'Experts', exact: true }).click();
  await reader.typing.waitFor({ state: 'detached' });
  await Promise.all([reader.page.context().close(), writer.page.context().close()]);
});

test('it disappears when the other loses its connection', async () => {
  const reader = await openReader(4);
  const writer = await world.openLossy('#/bill/4');
  await pressKey(writer.page);
  await reader.typing.waitFor();
  const stopsBefore = await typingStops();

  world.proxy.cut();
  await reader.typing.waitFor({ state: 'detached' });
  expect(await typingStops()).toBe(stopsBefore);
  await writer.page.getByRole('banner').getByRole('status').getByText('Reconnecting').waitFor();
  world.proxy.mend();
  await Promise.all([reader.page.context().close(), writer.page.context().close()]);
});

test("the block's own text area tells the others too", async () => {
  const reader = await openReader(5);
  const other = await openReader(5);
  await other.page.getByPlaceholder('Write a comment...').focus();
  await reader.typing.waitFor();
  await other.page.getByPlaceholder('Write a comment...').blur();
  await reader.typing.waitFor({ state: 'detached' });
  await Promise.all([reader.page.context().close(), other.page.context().close()]);
});
