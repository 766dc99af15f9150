/** The back/forward cache: a page that comes out of it goes on from where it stood, with what was published meanwhile. */

import { chromium } from 'playwright-core';
import { expect } from 'vitest';

import { chromiumFlags, chromiumPath } from './support/chromium.js';
import { testOfDelivery } from './support/delivery-test.js';

const bills = 3;

const test = testOfDelivery({
  launch: () =>
    chromium.launch({
      executablePath: chromiumPath(),
      args: chromiumFlags,
      // The driver's own flag; people's browsers have the cache.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    }),
});

test.for(['worker', 'page'] as const)(
  'a page out of the cache resumes by position, in the %s host',
  async (host, { startLine }) => {
    const { gateway, gatewayPort, open } = await startLine();
    const publish = (count: number): void => {
      for (let n = 0; n < count; ++n)
        gateway.publish({
          type: 'bill_update',
          bill_id: 1 + (n % bills),
          update: { type: 'amendment', data: { n } },
        });
    };
    const tab = await open({ bills, websocket: { host } });
    await expect.poll(() => gateway.stats().subscriptions).toBe(bills);
    publish(30);
    await tab.untilTold(gateway.log.events());

    await tab.page.goto(`http://127.0.0.1:${String(gatewayPort)}/health`);
    publish(60);
    await tab.page.goBack({ waitUntil: 'commit' });
    await expect
      .poll(() => tab.page.evaluate(() => window.deliveryPage.shown))
      .toEqual([false, true]);
    publish(30);
    const log = gateway.log.events();
    await tab.untilTold(log);
    expect(await tab.check(log)).toMatchObject({ told: 120, lost: 0, lossyGaps: 0 });
    expect(await tab.counter('streamsResumed')).toBe(bills);
    expect(await tab.counter('reconnects')).toBe(1);
  },
);
