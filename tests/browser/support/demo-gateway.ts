/** A gateway of the demo in a process of its own, where nothing happens but what a test does. */

import { expect } from 'vitest';

import { startGatewayProcess, type ChildServer } from './child-server.js';
import { freePort } from './free-port.js';

export interface GatewayStats {
  readonly received: Readonly<Record<string, number>>;
  readonly bills: Readonly<Record<string, { readonly subscribers: number }>>;
}

export class DemoGateway {
  private constructor(
    readonly port: number,
    private readonly args: readonly string[],
    private server: ChildServer,
  ) {}

  /** With six bills, unless the options, which are those of the command line, say otherwise. */
  static async start(
    pagePorts: readonly number[],
    options: readonly string[] = [],
  ): Promise<DemoGateway> {
    const port = await freePort();
    const args = [
      ...['--port', String(port), '--rate', '0.001', '--people', '0'],
      ...['--bills', '6', '--seed', '7', ...options],
      ...pagePorts.flatMap((page) => ['--allow-origin', `http://localhost:${String(page)}`]),
    ];
    return new DemoGateway(port, args, await startGatewayProcess(args));
  }

  get socketUrl(): string {
    return `ws://localhost:${String(this.port)}/ws`;
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

  /** Waits until somebody has subscribed to the bill. */
  async untilFollowed(billId: number): Promise<void> {
    await expect
      .poll(async () => (await this.stats()).bills[String(billId)]?.subscribers ?? 0)
      .toBeGreaterThan(0);
  }

  /** It says goodbye to nobody, and forgets what it knew. */
  async kill(): Promise<void> {
    await this.server.kill();
  }

  async restart(): Promise<void> {
    this.server = await startGatewayProcess(this.args);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private route(name: string): string {
    return `http://localhost:${String(this.port)}/${name}`;
  }
}
