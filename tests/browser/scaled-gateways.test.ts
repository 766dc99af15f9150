/** A page in Chromium behind two gateways on NATS, while a gateway and then NATS are killed. */

import { afterEach, expect, test } from 'vitest';

import { ScaledSystem } from '../scale/support/scaled-system.js';
import { storedBillEvents } from '../scale/support/stored-events.js';
import { launchChromium } from './support/chromium.js';
import { DeliveryTab, deliveryUrl } from './support/delivery-tab.js';
import { serveTestPage } from './support/test-pages.js';

const EVENTS = 3000;
const BILLS = 3;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

test('a page is told every event once and in order while a gateway and NATS are killed', async () => {
  const pages = await serveTestPage('delivery', 'production');
  stops.push(() => pages.stop());
  const system = await ScaledSystem.start('--allow-origin', new URL(pages.url).origin);
  stops.push(() => system.stop());
  const browser = await launchChromium();
  stops.push(() => browser.close());
  const url = deliveryUrl(pages.url, { port: system.balancer.port, bills: BILLS });
  const tab = await DeliveryTab.open(await browser.newContext(), url);

  const updates = Array.from({ length: EVENTS }, (_, n) => ({ billId: (n % BILLS) + 1, n }));
  await system.publish('page', updates, [
    // The page is at the one that answers its first connection: both are killed in turn.
    [0.2, () => system.killGateway(0)],
    [0.5, () => system.killGateway(1)],
    [0.8, () => system.killNats()],
  ]);

  await expect
    .poll(async () => (await tab.takeAccount()).length, { timeout: 120_000 })
    .toBeGreaterThanOrEqual(EVENTS);
  const [first] = await tab.takeAccount();
  const epoch = first !== undefined && 'epoch' in first ? first.epoch : '';
  const log = await storedBillEvents(system.nats, epoch);
  expect(log).toHaveLength(EVENTS);
  const delivery = await tab.check(log);
  expect(delivery).toMatchObject({ told: EVENTS, lost: 0 });
});
