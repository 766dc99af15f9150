/** A NATS server, two gateways that share it and a balancer before them, any of which can be killed. */

import { Balancer } from './balancer.js';
import { GatewayProcess } from './gateway-process.js';
import { NatsServer } from './nats-server.js';
import { publishAll, type Numbered } from './publishing.js';

/** What happens when so large a share of the events is stored. */
export type Course = readonly (readonly [share: number, happens: () => Promise<void>])[];

export class ScaledSystem {
  #restarting: Promise<unknown>[] = [];

  private constructor(
    readonly nats: NatsServer,
    readonly gateways: readonly GatewayProcess[],
    readonly balancer: Balancer,
  ) {}

  /** @param gatewayOptions Of the command line, in addition. */
  static async start(...gatewayOptions: readonly string[]): Promise<ScaledSystem> {
    const nats = await new NatsServer().start();
    const options = ['--bus', nats.url, '--stream-events', '100000', ...gatewayOptions];
    const gateways = [
      await GatewayProcess.start(...options),
      await GatewayProcess.start(...options),
    ];
    const balancer = await new Balancer(gateways.map(({ port }) => port)).start();
    return new ScaledSystem(nats, gateways, balancer);
  }

  /** Publishes through the balancer, while things happen; settles when everything runs again. */
  async publish(run: string, updates: readonly Numbered[], course: Course): Promise<void> {
    await publishAll(this.balancer.httpUrl, run, updates, async (stored) => {
      for (const [share, happens] of course) if (stored === updates.length * share) await happens();
    });
    await Promise.all(this.#restarting);
  }

  /** It starts again by and by. */
  async killGateway(index: number): Promise<void> {
    await this.gateways[index]?.kill();
    this.#restart(this.gateways[index]?.start());
  }

  /** It starts again by and by. */
  async killNats(): Promise<void> {
    await this.nats.kill();
    this.#restart(this.nats.start());
  }

  async stop(): Promise<void> {
    await this.balancer.stop();
    await Promise.all(this.gateways.map((gateway) => gateway.kill()));
    await this.nats.stop();
  }

  #restart(starting: Promise<unknown> | undefined): void {
    // Whoever publishes waits for it; until then it is nobody's.
    starting?.catch(() => {});
    if (starting !== undefined) this.#restarting.push(starting);
  }
}
