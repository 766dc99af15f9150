/** A push reaches the same list as a notification of the server, whether or not a page is open. */

import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';

import { testOfPage } from './support/page-test.js';

const test = testOfPage('push');

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => window.pushPage.begin('token of Ada'));
  return page;
}

const list = (page: Page) => () => page.evaluate(() => window.pushPage.list());

/** Delivers pushes to the service worker, as the browser's push service would. */
class PushService {
  private constructor(
    private readonly session: CDPSession,
    private readonly origin: string,
    private readonly registrationId: string,
  ) {}

  /** A page of the browser, which need not be one of the origin. */
  static async of(page: Page, origin: string): Promise<PushService> {
    const session = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [registration] = registrations;
        if (registration !== undefined) resolve(registration.registrationId);
      });
    });
    await session.send('ServiceWorker.enable');
    return new PushService(session, origin, await registered);
  }

  async deliver(payload: object): Promise<void> {
    await this.session.send('ServiceWorker.deliverPushMessage', {
      origin: this.origin,
      registrationId: this.registrationId,
      data: JSON.stringify(payload),
    });
  }
}

test('a push shows on an open page, and waits for the next visit when there is none', async ({
  context,
  origin,
  pages,
  startGateway,
}) => {
  const { gateway, url } = await startGateway({ heartbeatIntervalMs: 0 });
  await context.grantPermissions(['notifications'], { origin });
  const address = `${pages.url}?${new URLSearchParams({ gateway: url }).toString()}`;
  const page = await openPage(context, address);
  expect(await page.evaluate(() => window.pushPage.enablePush())).toBe('https://push.example/1');
  const bystander = await context.newPage();
  const push = await PushService.of(bystander, origin);

  const alert = { id: 'a', title: 'The vote begins', message: 'Now.', priority: 'critical' };
  await push.deliver({ type: 'notification', ...alert });
  await expect.poll(list(page)).toEqual(['a!']);

  // The server tells it as well: it is the same one.
  gateway.publish({ type: 'notification', notification: alert });
  gateway.publish({ type: 'notification', notification: { ...alert, id: 'b' } });
  await expect.poll(list(page)).toEqual(['b!', 'a!']);

  await page.close();
  await push.deliver({ type: 'notification', ...alert, id: 'c' });
  const next = await openPage(context, address);
  await expect.poll(async () => (await list(next)()).sort()).toEqual(['a!', 'b!', 'c!']);
  expect(await next.evaluate(() => window.pushPage.errors)).toEqual([]);
});
