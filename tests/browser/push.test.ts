/** A push reaches the same list as a notification of the server, whether or not a page is open. */

import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createGateway, type Gateway } from '../../web-demo/gateway/gateway.js';
import { launchChromium } from './support/chromium.js';
import { serveTestPage, type TestPages } from './support/test-pages.js';

let browser: Browser;
let context: BrowserContext;
let pages: TestPages;
let gateway: Gateway;
let gatewayUrl: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchChromium(), serveTestPage('push', 'production')]);
  gateway = createGateway({
    port: 0,
    feed: 'none',
    heartbeatIntervalMs: 0,
    logLevel: 'silent',
    allowOrigins: [new URL(pages.url).origin],
  });
  gatewayUrl = (await gateway.start()).url;
  context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin: new URL(pages.url).origin });
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([pages?.stop(), gateway?.stop()]);
});

async function openPage(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${pages.url}?${new URLSearchParams({ gateway: gatewayUrl }).toString()}`);
  await page.evaluate(() => window.pushPage.begin('token of Ada'));
  return page;
}

const list = (page: Page) => () => page.evaluate(() => window.pushPage.list());

/** Delivers pushes to the service worker, as the browser's push service would. */
class PushService {
  private constructor(
    private readonly session: CDPSession,
    private readonly registrationId: string,
  ) {}

  static async of(page: Page): Promise<PushService> {
    const session = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [registration] = registrations;
        if (registration !== undefined) resolve(registration.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    return new PushService(session, await registered);
  }

  async deliver(payload: object): Promise<void> {
    await this.session.send('ServiceWorker.deliverPushMessage', {
      origin: new URL(pages.url).origin,
      registrationId: this.registrationId,
      data: JSON.stringify(payload),
    });
  }
}

test('a push shows on an open page, and waits for the next visit when there is none', async () => {
  const page = await openPage();
  expect(await page.evaluate(() => window.pushPage.enablePush())).toBe('https://push.example/1');
  const bystander = await context.newPage();
  const push = await PushService.of(bystander);

  const alert = { id: 'a', title: 'The vote begins', message: 'Now.', priority: 'critical' };
  await push.deliver({ type: 'notification', ...alert });
  await expect.poll(list(page)).toEqual(['a!']);

  // The server tells it as well: it is the same one.
  gateway.publish({ type: 'notification', notification: alert });
  gateway.publish({ type: 'notification', notification: { ...alert, id: 'b' } });
  await expect.poll(list(page)).toEqual(['b!', 'a!']);

  await page.close();
  await push.deliver({ type: 'notification', ...alert, id: 'c' });
  const next = await openPage();
  await expect.poll(async () => (await list(next)()).sort()).toEqual(['a!', 'b!', 'c!']);
  expect(await next.evaluate(() => window.pushPage.errors)).toEqual([]);
});
