/** The back/forward cache: a page that comes out of it goes on from where it stood, with what was published meanwhile. */

import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import { createGateway } from '../../web-demo/gateway/gateway.js';
import { chromiumFlags, chromiumPath } from './support/chromium.js';
import { DeliveryTab, deliveryUrl } from './support/delivery-tab.js';
import { FaultProxy } from './support/fault-proxy.js';
import { serveTestPage, type TestPages } from './support/test-pages.js';

const bills = 3;

let browser: Browser;
let pages: TestPages;

beforeAll(async () => {
  [browser, pages] = await Promise.all([
    chromium.launch({
      executablePath: chromiumPath(),
      args: chromiumFlags,
      // The driver's own flag; people's browsers have the cache.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    }),
    serveTestPage('delivery', 'production'),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), pages?.stop()]);
});

test.each(['worker', 'page'] as const)(
  'a page out of the cache resumes by position, in the %s host',
  async (host) => {
    const gateway = createGateway({
      ...{ port: 0, feed: 'none', logLevel: 'silent' },
      allowOrigins: [new URL(pages.url).origin],
    });
    const { port } = await gateway.start();
    const proxy = await FaultProxy.start(port);
    onTestFailed(() => {
      console.log(proxy.describe());
    });
    const context = await browser.newContext();
    const publish = (count: number): void => {
      for (let n = 0; n < count; ++n)
        gateway.publish({
          type: 'bill_update',
          bill_id: 1 + (n % bills),
          update: { type: 'amendment', data: { n } },
        });
    };
    try {
      const url = deliveryUrl(pages.url, { port: proxy.port, bills, websocket: { host } });
      const tab = await DeliveryTab.open(context, url);
      await expect.poll(() => gateway.stats().subscriptions).toBe(bills);
      publish(30);
      await tab.untilTold(gateway.log.events());

      await tab.page.goto(`http://127.0.0.1:${String(port)}/health`);
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
    } finally {
      await context.close();
      await proxy.stop();
      await gateway.stop();
    }
  },
);
