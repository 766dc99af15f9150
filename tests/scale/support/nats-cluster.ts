/** Three NATS servers on loopback that replicate everything. */

import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { freePort } from '../../browser/support/free-port.js';
import { NatsServer } from './nats-server.js';

export class NatsCluster {
  private constructor(readonly servers: readonly NatsServer[]) {}

  static async start(size = 3): Promise<NatsCluster> {
    const ports = await Promise.all(Array.from({ length: size }, () => freePort()));
    const routes = ports.map((port) => `nats-route://127.0.0.1:${port}`).join(', ');
    const servers = ports.map(
      (port, index) =>
        new NatsServer({
          configuration:
            `server_name: node${index}\n` +
            `cluster { name: civic, listen: "127.0.0.1:${port}", routes: [${routes}] }`,
        }),
    );
    await Promise.all(servers.map((server) => server.start()));
    return new NatsCluster(servers);
  }

  /** As `--bus` takes it. */
  get address(): string {
    return this.servers.map(({ url }) => url).join(',');
  }

  /** Settles when every server has everything of the stream. */
  async untilCurrent(stream = 'CIVIC'): Promise<void> {
    for (;;) {
      const connection = await connect({ servers: this.servers.map(({ url }) => url.slice(7)) });
      try {
        const manager = await jetstreamManager(connection, { timeout: 2000 });
        const { cluster } = await manager.streams.info(stream);
        const others = cluster?.replicas ?? [];
        if (
          cluster?.leader !== undefined &&
          others.length === this.servers.length - 1 &&
          others.every(({ current, offline }) => current && offline !== true)
        )
          return;
      } catch {
        // It has no leader yet.
      } finally {
        await connection.close();
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}
