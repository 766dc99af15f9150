/** Two visitors meet in a bill's discussion: comments, answers, changes, votes, and what a broken connection does. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { connected, DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

const composer = 'What do you think of this bill?';

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: composer }).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
}

function thread(page: Page, text: string) {
  return page.locator('[data-comment]', { hasText: text });
}

test('a comment, its answer, its change and its end appear on the other page', async () => {
  const ana = await world.open('#/bill/1');
  const ben = await world.open('#/bill/1');
  await ana.page.getByText('2 people are here').waitFor();
  await ben.page.getByText('2 people are here').waitFor();

  await ana.page.getByLabel('Your name').fill('Ana');
  await say(ana.page, 'Who pays for it?');
  await thread(ana.page, 'Who pays for it?').getByText('you', { exact: true }).waitFor();
  const seen = thread(ben.page, 'Who pays for it?');
  await seen.getByText('Ana', { exact: true }).waitFor();
  expect(await seen.getByText('you', { exact: true }).count()).toBe(0);

  await seen.getByRole('button', { name: 'Reply to Ana' }).click();
  await ben.page.getByRole('textbox', { name: 'Reply to Ana' }).fill('Section four says.');
  await ana.page.getByText(/^Guest \d+ is typing…$/).waitFor();
  await ben.page.getByRole('button', { name: 'Reply', exact: true }).click();
  await thread(ana.page, 'Who pays for it?')
    .getByRole('listitem')
    .getByText('Section four says.')
    .waitFor();

  await thread(ana.page, 'Who pays for it?').getByRole('button', { name: 'Edit' }).click();
  await ana.page.getByRole('textbox', { name: 'Change your comment' }).fill('Who really pays?');
  await ana.page.getByRole('button', { name: 'Save' }).click();
  await thread(ben.page, 'Who really pays?').getByText('edited').waitFor();

  await thread(ana.page, 'Who really pays?').getByRole('button', { name: 'Delete' }).click();
  await thread(ben.page, 'Section four says.').getByText('Taken back by its author.').waitFor();
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  await Promise.all([ana.page.context().close(), ben.page.context().close()]);
});

test('votes are counted on both pages, one of each visitor', async () => {
  const ana = await world.open('#/bill/2');
  const ben = await world.open('#/bill/2');
  const support = (page: Page) => page.getByRole('button', { name: /^Support/ });
  const oppose = (page: Page) => page.getByRole('button', { name: /^Oppose/ });

  await support(ana.page).click();
  await ben.page.getByRole('button', { name: 'Support 1' }).waitFor();
  await ben.page.getByText('1 vote', { exact: true }).waitFor();
  expect(await support(ben.page).getAttribute('aria-pressed')).toBe('false');

  await oppose(ben.page).click();
  await ana.page.getByText('2 votes', { exact: true }).waitFor();
  await oppose(ana.page).click();
  await ben.page.getByRole('button', { name: 'Oppose 2' }).waitFor();
  await ben.page.getByRole('button', { name: 'Support 0' }).waitFor();
  await ana.page.getByText('2 votes', { exact: true }).waitFor();
  expect(await oppose(ana.page).getAttribute('aria-pressed')).toBe('true');
  await Promise.all([ana.page.context().close(), ben.page.context().close()]);
});

test('after a reload a visitor is still the same', async () => {
  const { page } = await world.open('#/bill/3');
  await say(page, 'I was here before.');
  await thread(page, 'I was here before.').getByText('you', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Neutral/ }).click();
  await page.getByText('1 vote', { exact: true }).waitFor();

  await page.reload();
  await thread(page, 'I was here before.').getByText('you', { exact: true }).waitFor();
  await page.getByText('1 vote', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: /^Neutral/ }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await page.context().close();
});

test('a comment without a connection waits for it and arrives once', async () => {
  const ana = await world.openLossy('#/bill/4');
  const ben = await world.open('#/bill/4');
  world.proxy.cut();
  await ana.page.getByRole('banner').getByRole('status').getByText('Reconnecting').waitFor();
  await say(ana.page, 'Said in a tunnel.');
  await ana.page.getByText('Waits for the connection…').waitFor();

  world.proxy.mend();
  await connected(ana.page);
  await thread(ana.page, 'Said in a tunnel.').getByText('you', { exact: true }).waitFor();
  await thread(ben.page, 'Said in a tunnel.').waitFor();
  expect(await thread(ben.page, 'Said in a tunnel.').count()).toBe(1);
  expect(await ana.page.getByText('Waits for the connection…').count()).toBe(0);
  await Promise.all([ana.page.context().close(), ben.page.context().close()]);
});
