/** A quiet gateway, the built demo page, and a browser: nothing happens but what a test does. */

import type { Browser, Page } from 'playwright-core';

import { launchChromium } from './chromium.js';
import { startDemoPage, type ChildServer } from './child-server.js';
import { DemoGateway } from './demo-gateway.js';
import { FaultProxy } from './fault-proxy.js';
import { freePort } from './free-port.js';

export interface DemoTab {
  readonly page: Page;
  /** What the page threw and what its Content-Security-Policy refused. */
  readonly complaints: readonly string[];
}

export class DemoWorld {
  private constructor(
    private readonly browser: Browser,
    readonly gateway: DemoGateway,
    private readonly demo: ChildServer,
    private readonly lossyDemo: ChildServer,
    /** Stands between the gateway and the pages of `openLossy`. */
    readonly proxy: FaultProxy,
  ) {}

  static async start(gatewayOptions: readonly string[] = []): Promise<DemoWorld> {
    const [pagePort, lossyPagePort] = [await freePort(), await freePort()];
    const [browser, gateway] = await Promise.all([
      launchChromium(),
      DemoGateway.start([pagePort, lossyPagePort], gatewayOptions),
    ]);
    const proxy = await FaultProxy.start(gateway.port);
    const [demo, lossyDemo] = await Promise.all([
      startDemoPage(gateway.socketUrl, pagePort),
      startDemoPage(`ws://localhost:${String(proxy.port)}/ws`, lossyPagePort),
    ]);
    return new DemoWorld(browser, gateway, demo, lossyDemo, proxy);
  }

  /** A visitor of his own, with a live connection. */
  async open(hash: string): Promise<DemoTab> {
    return this.openTab(this.demo, hash);
  }

  /** As `open`, connected through `proxy`. */
  async openLossy(hash: string): Promise<DemoTab> {
    return this.openTab(this.lossyDemo, hash);
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.browser.close(),
      this.gateway.stop(),
      this.demo.stop(),
      this.lossyDemo.stop(),
      this.proxy.stop(),
    ]);
  }

  private async openTab(demo: ChildServer, hash: string): Promise<DemoTab> {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (line.text().includes('Content Security Policy')) complaints.push(line.text());
    });
    await page.goto(`${demo.url}${hash}`);
    await connected(page);
    return { page, complaints };
  }
}

/** Waits until the page's header says that the connection is there. */
export async function connected(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('status').getByText('Live').waitFor();
}
