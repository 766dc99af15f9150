/** A browser, a gateway on which nothing happens by itself, and what the example shows of it. */

import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

import { createGateway, type Gateway } from '../../../web-demo/gateway/gateway.js';
import { launchChromium } from '../../browser/support/chromium.js';

/** What a browser may lack. */
type Missing = 'Worker' | 'WebAssembly';

export class LivePage {
  private constructor(
    private readonly browser: Browser,
    private readonly gateway: Gateway,
    readonly gatewayUrl: string,
  ) {}

  static async start(): Promise<LivePage> {
    const gateway = createGateway({
      port: 0,
      feed: 'none',
      historySize: 0,
      logLevel: 'silent',
      allowOrigins: ['*'],
    });
    const [{ url }, browser] = await Promise.all([gateway.start(), launchChromium()]);
    return new LivePage(browser, gateway, url);
  }

  async stop(): Promise<void> {
    await Promise.all([this.browser.close(), this.gateway.stop()]);
  }

  /** What a build must be told, in the form every bundler takes it. */
  get environment(): NodeJS.ProcessEnv {
    const { NODE_ENV: _ofTheTests, ...environment } = process.env;
    return { ...environment, VITE_WS_URL: this.gatewayUrl, NEXT_TELEMETRY_DISABLED: '1' };
  }

  /** Opens the application and sees an update of its bill arrive, without a complaint. */
  async expectLiveBill(url: string, { without = [] as readonly Missing[] } = {}): Promise<void> {
    const { page, complaints } = await this.open(url, without);
    try {
      await page.getByRole('heading', { name: 'Bill Updates (0)' }).waitFor();
      // What the page complained of says more than that nobody subscribed.
      const subscribers = () =>
        complaints.length > 0 ? complaints : (this.gateway.stats().bills['1']?.subscribers ?? 0);
      await expect.poll(subscribers, { timeout: 60_000 }).toBe(1);
      this.gateway.publish({
        type: 'bill_update',
        bill_id: 1,
        update: { type: 'status_change', data: { newStatus: 'passed' } },
      });
      await page.getByText(/^status_change: .*"newStatus":"passed"/).waitFor();
      expect(page.workers()).toHaveLength(without.includes('Worker') ? 0 : 1);
      expect(complaints).toEqual([]);
    } finally {
      await this.close(page);
    }
  }

  /** Connections the gateway has had so far. */
  connections(): number {
    return this.gateway.stats().connectionsTotal;
  }

  /** Opens the application and waits for the error it ends with. */
  async expectError(
    url: string,
    text: RegExp,
    { without = [] as readonly Missing[] } = {},
  ): Promise<void> {
    const { page, complaints } = await this.open(url, without);
    try {
      await expect.poll(() => complaints.join('\n'), { timeout: 60_000 }).toMatch(text);
    } finally {
      await this.close(page);
    }
  }

  /** Until the gateway has noticed, so that the next page is counted alone. */
  private async close(page: Page): Promise<void> {
    await page.close();
    await expect.poll(() => this.gateway.stats().connections, { timeout: 60_000 }).toBe(0);
  }

  private async open(
    url: string,
    without: readonly Missing[],
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await this.browser.newPage();
    await page.addInitScript((names) => {
      for (const name of names) Reflect.deleteProperty(globalThis, name);
    }, without);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => {
      const isIcon = line.location().url.endsWith('/favicon.ico');
      if (['error', 'warning'].includes(line.type()) && !isIcon) complaints.push(line.text());
    });
    await page.goto(url);
    return { page, complaints };
  }
}
