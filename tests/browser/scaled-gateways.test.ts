/** A page in Chromium behind two gateways on NATS, while a gateway and then NATS are killed. */

import { afterEach, expect, test } from 'vitest';

import { Balancer } from '../scale/support/balancer.js';
import { GatewayProcess } from '../scale/support/gateway-process.js';
import { NatsServer } from '../scale/support/nats-server.js';
import { publishAll } from '../scale/support/publishing.js';
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
  const nats = new NatsServer();
  stops.push(() => nats.stop());
  await nats.start();
  const pages = await serveTestPage('delivery', 'production');
  stops.push(() => pages.stop());
  const options = [
    ...['--bus', nats.url, '--stream-events', '100000'],
    ...['--allow-origin', new URL(pages.url).origin],
  ];
  const gateways = [await GatewayProcess.start(...options), await GatewayProcess.start(...options)];
  stops.push(...gateways.map((gateway) => () => gateway.kill()));
  const balancer = await new Balancer(gateways.map(({ port }) => port)).start();
  stops.push(() => balancer.stop());
  const browser = await launchChromium();
  stops.push(() => browser.close());
  const url = deliveryUrl(pages.url, { port: balancer.port, bills: BILLS });
  const tab = await DeliveryTab.open(await browser.newContext(), url);

  const updates = Array.from({ length: EVENTS }, (_, n) => ({ billId: (n % BILLS) + 1, n }));
  let restarting: Promise<unknown> = Promise.resolve();
  await publishAll(balancer.httpUrl, 'page', updates, async (stored) => {
    // The page is at the one that answers its first connection: both are killed in turn.
    if (stored === EVENTS * 0.2) await gateways[0]?.kill();
    if (stored === EVENTS * 0.4) await gateways[0]?.start();
    if (stored === EVENTS * 0.5) {
      await gateways[1]?.kill();
      restarting = gateways[1]?.start() ?? restarting;
    }
    if (stored === EVENTS * 0.8) {
      await nats.kill();
      restarting = Promise.all([restarting, nats.start()]);
    }
  });
  await restarting;

  await expect
    .poll(async () => (await tab.takeAccount()).length, { timeout: 120_000 })
    .toBeGreaterThanOrEqual(EVENTS);
  const [first] = await tab.takeAccount();
  const epoch = first !== undefined && 'epoch' in first ? first.epoch : '';
  const log = await storedBillEvents(nats, epoch);
  expect(log).toHaveLength(EVENTS);
  const delivery = await tab.check(log);
  expect(delivery).toMatchObject({ told: EVENTS, lost: 0 });
});
