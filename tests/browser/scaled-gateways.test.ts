/** A page in Chromium behind two gateways on NATS, while a gateway and then NATS are killed. */

import { expect } from 'vitest';

import { ScaledSystem } from '../scale/support/scaled-system.js';
import { storedBillEvents } from '../scale/support/stored-events.js';
import { testOfDelivery } from './support/delivery-test.js';

const EVENTS = 3000;
const BILLS = 3;

const test = testOfDelivery();

test('a page is told every event once and in order while a gateway and NATS are killed', async ({
  onTestFinished,
  openTab,
  origin,
}) => {
  const system = await ScaledSystem.start('--allow-origin', origin);
  onTestFinished(() => system.stop());
  const tab = await openTab({ port: system.balancer.port, bills: BILLS });

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
