/** Fifty components on twenty bills under StrictMode cost the server one subscription per bill. */

import { expect } from 'vitest';

import type { Gateway } from '../../web-demo/gateway/gateway.js';
import { testOfPage } from './support/page-test.js';

const BILLS = 20;
const LINGER_MS = 1500;

const test = testOfPage('strict-mode', { reactMode: 'development' });

/** Every bill so many times. */
function each(count: number): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: BILLS }, (_, index) => [String(index + 1), count]),
  );
}

/** Messages so far, by bill. */
function sent(gateway: Gateway, kind: 'subscribes' | 'unsubscribes'): Record<string, number> {
  return Object.fromEntries(
    Object.entries(gateway.stats().bills).map(([bill, counts]) => [bill, counts[kind]]),
  );
}
test('one subscribe per bill, none on a quick remount, one unsubscribe after the linger time', async ({
  context,
  pages,
  startGateway,
}) => {
  const { gateway, url } = await startGateway({ historySize: 0, heartbeatIntervalMs: 0 });
  const subscribes = () => sent(gateway, 'subscribes');
  const unsubscribes = () => sent(gateway, 'unsubscribes');
  const page = await context.newPage();
  const query = new URLSearchParams({ gateway: url, lingerMs: String(LINGER_MS) });
  await page.goto(`${pages.url}?${query.toString()}`);

  await page.evaluate(() => window.strictModePage.mount());
  await expect.poll(subscribes, { timeout: 30_000 }).toEqual(each(1));

  // An update shows on the components of its bill, and only they render.
  const before = await page.evaluate(() => [...window.strictModePage.commits]);
  gateway.publish({
    type: 'bill_update',
    bill_id: 1,
    update: { type: 'status_change', data: { newStatus: 'passed' } },
  });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-bill="1"]')].every((shown) => shown.textContent === '1'),
  );
  const after = await page.evaluate(() => [...window.strictModePage.commits]);
  const rendered = after.flatMap((count, index) => (count === before[index] ? [] : [index]));
  expect(rendered).toEqual([0, 20, 40]);

  await page.evaluate(() => {
    window.strictModePage.unmount();
    window.strictModePage.mount();
  });
  // A message that comes after everything the remount may have sent proves that it sent nothing.
  gateway.publish({ type: 'bill_update', bill_id: 2, update: { type: 'amendment', data: {} } });
  await page.waitForFunction(() => document.querySelector('[data-bill="2"]')?.textContent === '1');
  expect(subscribes()).toEqual(each(1));
  expect(unsubscribes()).toEqual(each(0));

  await page.evaluate(() => window.strictModePage.unmount());
  await expect.poll(unsubscribes, { timeout: 30_000 }).toEqual(each(1));
  expect(subscribes()).toEqual(each(1));
});
