/** The bell and its toasts: urgent ones at once, read state everywhere, and unread ones on the next visit. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start();
});
afterAll(() => world?.stop());

function notification(id: string, priority: string, more: object = {}) {
  return {
    type: 'notification',
    notification: {
      id,
      type: 'system_alert',
      title: `Title of ${id}`,
      message: `Text of ${id}`,
      priority,
      ...more,
    },
  };
}

function bell(page: Page, unread: number) {
  const name = unread === 0 ? 'Notifications' : `Notifications, ${String(unread)} unread`;
  return page.getByRole('banner').getByRole('button', { name, exact: true });
}

/** The ids of the notifications in the browser's storage. */
function keptIds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB failed.'));
      });
    const ids: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const kept = await done(database.transaction(store).objectStore(store).getAll());
        for (const [, id = ''] of JSON.stringify(kept).matchAll(/"id":"(n\d+)"/g)) ids.push(id);
      }
      database.close();
    }
    return ids;
  });
}

/** The gateway keeps what it published: every test begins with another one. */
async function freshGateway(): Promise<void> {
  await world.gateway.kill();
  await world.gateway.restart();
}

test('a critical one appears at once; marking it as read changes the badge', async () => {
  const { page, complaints } = await world.open('');
  await bell(page, 0).waitFor();
  await world.gateway.publish(notification('n1', 'critical'));
  await world.gateway.publish(notification('n2', 'low', { type: 'digest' }));
  const toast = page.getByRole('alert');
  await toast.getByText('Title of n1').waitFor();
  await bell(page, 2).click();

  const panel = page.getByRole('dialog', { name: 'Notifications' });
  await panel.getByLabel('Priority').selectOption('Low');
  await panel.getByRole('heading', { name: 'Title of n2' }).waitFor();
  expect(await panel.getByRole('heading', { name: 'Title of n1' }).count()).toBe(0);
  await panel.getByLabel('Priority').selectOption('All');

  const item = panel.getByRole('listitem').filter({ hasText: 'Title of n1' });
  await item.getByRole('button', { name: 'Mark as read' }).click();
  await panel.getByText('1 unread notification').waitFor();
  // Read is read, wherever it is shown.
  await toast.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Clear read ones' }).click();
  await item.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Mark all as read' }).click();
  await panel.getByText('All read').waitFor();
  await panel.getByRole('button', { name: /^Remove/ }).click();
  await panel.getByText('There is nothing to tell you.').waitFor();
  await page.keyboard.press('Escape');
  await bell(page, 0).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("what is read in one tab is read in the visitor's other tab", async () => {
  await freshGateway();
  const { page } = await world.open('');
  const visitor = await page.evaluate(() => sessionStorage.getItem('billwatch-visitor') ?? '');
  const other = await page.context().newPage();
  await other.addInitScript((kept) => {
    sessionStorage.setItem('billwatch-visitor', kept);
  }, visitor);
  await other.goto(page.url());
  await world.gateway.publish(notification('n3', 'normal'));
  await bell(other, 1).waitFor();
  await bell(page, 1).click();
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await bell(other, 0).waitFor();
  await page.context().close();
});

test('unread ones survive a reload, also without the gateway', async () => {
  await freshGateway();
  const { page } = await world.open('');
  await world.gateway.publish(notification('n4', 'normal'));
  await world.gateway.publish(notification('n5', 'high'));
  await bell(page, 2).click();
  const first = page.getByRole('listitem').filter({ hasText: 'Title of n4' });
  await first.getByRole('button', { name: 'Mark as read' }).click();
  await bell(page, 1).waitFor();
  await expect.poll(() => keptIds(page)).toEqual(['n5']);

  await world.gateway.kill();
  await page.reload();
  await page.getByRole('heading', { name: 'The gateway cannot be reached' }).waitFor();
  await bell(page, 1).click();
  await page.getByRole('listitem').filter({ hasText: 'Title of n5' }).waitFor();
  await world.gateway.restart();
  await page.context().close();
});
