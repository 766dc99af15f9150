/** A cluster of three that replicates the stream survives losing any one of them, under load. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineReader } from './support/engine-reader.js';
import { NatsCluster } from './support/nats-cluster.js';
import { startNatsGateway } from './support/nats-gateways.js';
import { publishAll } from './support/publishing.js';

const EVENTS = 6000;
const BILLS = [1, 2, 3];
const TOPICS = BILLS.map((billId) => `bill:${billId}`);

// Electing a leader takes NATS some seconds.
vi.setConfig({ testTimeout: 180_000 });

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe('a cluster of three', () => {
  it('loses each of its servers in turn while events are published, and no event', async () => {
    const cluster = await NatsCluster.start();
    stops.push(() => cluster.stop());
    const options = { streamReplicas: 3, streamEvents: 100_000 };
    const gateways = [
      await startNatsGateway(cluster.address, options),
      await startNatsGateway(cluster.address, options),
    ];
    const readers = gateways.map(({ url }) => new EngineReader(url, TOPICS));
    stops.push(...readers.map((reader) => () => reader.stop()));
    await Promise.all(readers.map((reader) => reader.start()));
    const updates = Array.from({ length: EVENTS }, (_, n) => ({
      billId: BILLS[n % BILLS.length] as number,
      n,
    }));
    const publishing = gateways[0]?.httpUrl ?? '';
    const share = EVENTS / 6;
    await publishAll(publishing, 'cluster', updates, async (stored) => {
      const turn = stored / share;
      if (!Number.isInteger(turn) || turn >= 6) return;
      // Killed after an odd sixth, back after the next.
      const server = cluster.servers[(turn - 1) >> 1];
      if (turn % 2 === 1) await server?.kill();
      else {
        await server?.start();
        await cluster.untilCurrent();
      }
    });
    for (const reader of readers) {
      await reader.until(() => reader.count >= EVENTS || reader.lost.length > 0);
      expect(reader.lost).toEqual([]);
      for (const [index, topic] of TOPICS.entries())
        expect(new Set(reader.told.get(topic))).toEqual(
          new Set(updates.filter(({ n }) => n % BILLS.length === index).map(({ n }) => n)),
        );
      expect(reader.count).toBe(EVENTS);
      expect(reader.told).toEqual(readers[0]?.told);
    }
  });
});
