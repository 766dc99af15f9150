/** A gateway of one test, and tabs that reach it over a line that can be made to fail. */

import type { Browser, BrowserContext } from 'playwright-core';
import { onTestFailed, onTestFinished } from 'vitest';

import { createGateway, type Gateway } from '../../../web-demo/gateway/gateway.js';
import { DeliveryTab, deliveryUrl, type DeliveryQuery } from './delivery-tab.js';
import { FaultProxy } from './fault-proxy.js';
import type { TestPages } from './test-pages.js';

export interface FaultyLine {
  readonly gateway: Gateway;
  /** Where the gateway itself listens. */
  readonly gatewayPort: number;
  readonly proxy: FaultProxy;
  readonly context: BrowserContext;
  /** Opens a tab whose line is the one that fails, unless it is to go to another port. */
  open(query: Omit<DeliveryQuery, 'port'> & { readonly port?: number }): Promise<DeliveryTab>;
}

/**
 * To be called in a test, or before each: all of it ends with the test, and one that fails shows what was done to the line.
 * `pages` are those of tests/browser/pages/delivery.
 */
export async function startFaultyLine(
  browser: Browser,
  pages: TestPages,
  options: { readonly streamEvents?: number } = {},
): Promise<FaultyLine> {
  const gateway = createGateway({
    ...{ port: 0, feed: 'none', logLevel: 'silent', ...options },
    allowOrigins: [new URL(pages.url).origin],
  });
  const { port: gatewayPort } = await gateway.start();
  const proxy = await FaultProxy.start(gatewayPort);
  const context = await browser.newContext();
  onTestFailed(() => {
    console.log(proxy.describe());
  });
  onTestFinished(async () => {
    await context.close();
    await proxy.stop();
    await gateway.stop();
  });
  return {
    gateway,
    gatewayPort,
    proxy,
    context,
    open: (query) =>
      DeliveryTab.open(context, deliveryUrl(pages.url, { port: proxy.port, ...query })),
  };
}
