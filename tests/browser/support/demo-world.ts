/** A quiet gateway, the built demo page, and a browser: nothing happens but what a test does. */

import type { Browser, BrowserContext, Page } from 'playwright-core';

import { launchChromium } from './chromium.js';
import { startDemoPage, startGatewayProcess, type ChildServer } from './child-server.js';
import { FaultProxy } from './fault-proxy.js';
import { freePort } from './free-port.js';

export interface DemoTab {
  readonly page: Page;
  /** What the page threw and what its Content-Security-Policy refused. */
  readonly complaints: readonly string[];
}

export interface GatewayStats {
  readonly received: Readonly<Record<string, number>>;
  readonly bills: Readonly<Record<string, { readonly subscribers: number }>>;
}

export class DemoWorld {
  private constructor(
    private readonly browser: Browser,
    private readonly gatewayPort: number,
    private readonly gatewayArguments: readonly string[],
    private gateway: ChildServer,
    private readonly demo: ChildServer,
    private readonly lossyDemo: ChildServer,
    /** Stands between the gateway and the pages of `openLossy`. */
    readonly proxy: FaultProxy,
  ) {}

  static async start(gatewayOptions: readonly string[] = []): Promise<DemoWorld> {
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    const [gatewayPort, pagePort, lossyPagePort] = ports;
    const gatewayArguments = [
      ...['--port', String(gatewayPort), '--rate', '0.001', '--people', '0'],
      ...['--bills', '6', '--seed', '7', ...gatewayOptions],
      ...[pagePort, lossyPagePort].flatMap((port) => [
        '--allow-origin',
        `http://localhost:${String(port)}`,
      ]),
    ];
    const proxy = await FaultProxy.start(gatewayPort);
    const [browser, gateway, demo, lossyDemo] = await Promise.all([
      launchChromium(),
      startGatewayProcess(gatewayArguments),
      startDemoPage(`ws://localhost:${String(gatewayPort)}/ws`, pagePort),
      startDemoPage(`ws://localhost:${String(proxy.port)}/ws`, lossyPagePort),
    ]);
    return new DemoWorld(browser, gatewayPort, gatewayArguments, gateway, demo, lossyDemo, proxy);
  }

  /** A visitor of his own, with a live connection. */
  async open(hash: string): Promise<DemoTab> {
    return this.openTab(this.demo, hash, await this.browser.newContext());
  }

  /** As `open`, connected through `proxy`. */
  async openLossy(hash: string): Promise<DemoTab> {
    return this.openTab(this.lossyDemo, hash, await this.browser.newContext());
  }

  async publish(message: object): Promise<void> {
    const response = await fetch(this.route('publish'), {
      method: 'POST',
      body: JSON.stringify(message),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async stats(): Promise<GatewayStats> {
    return (await (await fetch(this.route('stats'))).json()) as GatewayStats;
  }

  async killGateway(): Promise<void> {
    await this.gateway.kill();
  }

  async restartGateway(): Promise<void> {
    this.gateway = await startGatewayProcess(this.gatewayArguments);
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

  private route(name: string): string {
    return `http://localhost:${String(this.gatewayPort)}/${name}`;
  }

  private async openTab(demo: ChildServer, hash: string, context: BrowserContext) {
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
