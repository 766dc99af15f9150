/** What the page reads is what the server published, byte for byte, in both hosts. */

import { expect } from 'vitest';

import type { Gateway } from '../../web-demo/gateway/gateway.js';
import { testOfPage } from './support/page-test.js';

const BILLS = 200;
const UPDATES = 20_000;
const KEPT = 50;

const texts = [
  'passed',
  'Ausschuss für Bürgerrechte',
  '法案が可決',
  'a "quoted" \\ word',
  'line\nbreak',
  '🗳️',
];
const types = ['status_change', 'amendment', 'new_comment', 'expert_analysis', 'voting_scheduled'];

/** Every form a v1 server may use, with contents that look like trouble. */
function message(index: number): Record<string, unknown> {
  const bill = 1 + ((index * 7919) % BILLS);
  const type = types[index % types.length];
  const data = {
    index,
    text: texts[index % texts.length],
    nested: { type: 'decoy', bill_id: -1, data: [1, { bill_id: 2 }], ['__proto__x']: null },
    ratio: index / 7,
    big: 1e21,
    empty: {},
    ...(index % 97 === 0 ? { long: 'x'.repeat(5000) } : {}),
  };
  const timestamp =
    index % 2 === 0 ? 1_700_000_000_000 + index : new Date(1_600_000_000_000 + index).toISOString();
  return index % 3 === 0
    ? { type: 'billUpdate', timestamp, update: { data, type }, billId: String(bill) }
    : { type: 'bill_update', bill_id: bill, update: { type, data }, timestamp };
}

interface Published {
  bill_id?: unknown;
  billId?: unknown;
  update: { type: string; data: Record<string, unknown> };
  timestamp: unknown;
}

/** The newest updates of every bill by the server's log, in the shape the public API promises. */
function expectedUpdates(gateway: Gateway): Map<number, unknown[]> {
  const byBill = new Map<number, unknown[]>();
  for (const line of gateway.log.lines()) {
    const published = JSON.parse(line) as Published;
    const billId = Number(published.bill_id ?? published.billId);
    const list = byBill.get(billId) ?? [];
    list.push({
      type: published.update.type,
      data: { billId, ...published.update.data },
      timestamp: published.timestamp,
    });
    if (list.length > KEPT) list.shift();
    byBill.set(billId, list);
  }
  return byBill;
}

const test = testOfPage('updates');

test.for(['worker', 'page'] as const)(
  `%s host: ${String(UPDATES)} updates over ${String(BILLS)} bills: the newest ${String(KEPT)} of each equal the server's log`,
  async (host, { context, pages, startGateway }) => {
    const { gateway, url } = await startGateway({
      historySize: 0,
      heartbeatIntervalMs: 0,
      logCapacity: UPDATES,
    });
    const page = await context.newPage();
    const query = new URLSearchParams({ gateway: url, host, bills: String(BILLS) });
    await page.goto(`${pages.url}?${query.toString()}`);
    await page.evaluate(() => window.updatesPage.ready);
    await expect.poll(() => gateway.stats().subscriptions, { timeout: 30_000 }).toBe(BILLS);

    await gateway.publishAll(Array.from({ length: UPDATES }, (_, index) => message(index)));
    await page.waitForFunction((all) => window.updatesPage.received() >= all, UPDATES);

    const read = await page.evaluate(() => JSON.stringify(window.updatesPage.readAll()));
    const actual = JSON.parse(read) as Record<string, { updates: unknown[] }>;
    const expected = expectedUpdates(gateway);
    expect(expected.size).toBe(BILLS);
    for (const [bill, updates] of expected) {
      expect(actual[String(bill)]?.updates, `bill ${String(bill)}`).toStrictEqual(updates);
    }
    expect(await page.evaluate(() => window.updatesPage.errors)).toStrictEqual([]);
  },
);
