/**
 * Tests of a page of tests/browser/pages. A test names what it needs of what is here, and gets it ready; all of it ends
 * with the test, the browser and the served page with the file.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { test } from 'vitest';

import { createGateway, type Gateway } from '../../../web-demo/gateway/gateway.js';
import type { GatewayOptions } from '../../../web-demo/gateway/options/options.js';
import { startGatewayProcess, type ChildServer } from './child-server.js';
import { launchChromium } from './chromium.js';
import { serveTestPage } from './test-pages.js';

export interface StartedGateway {
  readonly gateway: Gateway;
  readonly port: number;
  readonly url: string;
}

export interface PageTestOptions {
  /** As for `serveTestPage`. */
  readonly reactMode?: 'development' | 'production';
  readonly launch?: () => Promise<Browser>;
}

/** The page is the one in the folder of that name. */
export function testOfPage(
  name: string,
  { reactMode = 'production', launch = launchChromium }: PageTestOptions = {},
) {
  return (
    test
      .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
        const browser = await launch();
        onCleanup(() => browser.close());
        return browser;
      })
      .extend('pages', { scope: 'file' }, async ({}, { onCleanup }) => {
        const pages = await serveTestPage(name, reactMode);
        onCleanup(() => pages.stop());
        return pages;
      })
      .extend('origin', { scope: 'file' }, ({ pages }) => new URL(pages.url).origin)
      /** Empty, and gone afterwards. */
      .extend('folder', async ({}, { onCleanup }) => {
        const folder = await mkdtemp(join(tmpdir(), 'civic-browser-'));
        onCleanup(() => rm(folder, { recursive: true, force: true }));
        return folder;
      })
      /** Starts a gateway in this process that the page may connect to, and that publishes what it is told. */
      .extend('startGateway', ({ origin }, { onCleanup }) => {
        const gateways: Gateway[] = [];
        onCleanup(async () => {
          await Promise.all(gateways.map((gateway) => gateway.stop()));
        });
        return async (options: Partial<GatewayOptions> = {}): Promise<StartedGateway> => {
          const gateway = createGateway({
            ...{ port: 0, feed: 'none', logLevel: 'silent', allowOrigins: [origin] },
            ...options,
          });
          gateways.push(gateway);
          return { gateway, ...(await gateway.start()) };
        };
      })
      /** Starts one that can be killed, by its command line; it ends at the latest when the test has run out of time. */
      .extend('startGatewayProcess', ({ origin, signal }, { onCleanup }) => {
        const servers: ChildServer[] = [];
        onCleanup(async () => {
          await Promise.all(servers.map((server) => server.stop()));
        });
        return async (...args: readonly string[]): Promise<ChildServer> => {
          const server = await startGatewayProcess(['--allow-origin', origin, ...args], signal);
          servers.push(server);
          return server;
        };
      })
      /** A visitor of his own. */
      .extend('context', async ({ browser }, { onCleanup }) => {
        const context = await browser.newContext();
        onCleanup(() => context.close());
        return context;
      })
  );
}
