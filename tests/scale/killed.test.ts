/** Whatever is killed, every page sees every event once and in order, or is told of the gap. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { Balancer } from './support/balancer.js';
import { EngineReader } from './support/engine-reader.js';
import { GatewayProcess } from './support/gateway-process.js';
import { NatsServer } from './support/nats-server.js';
import { publishAll } from './support/publishing.js';

const EVENTS = 20_000;
const BILLS = [1, 2, 3, 4];
const TOPICS = BILLS.map((billId) => `bill:${billId}`);

// On a machine that is busy with something else; it takes about ten seconds.
vi.setConfig({ testTimeout: 240_000 });

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe('three engines behind two gateways and NATS', () => {
  it('see 20,000 events while a gateway and then NATS are killed', async () => {
    const nats = new NatsServer();
    stops.push(() => nats.stop());
    await nats.start();
    const options = ['--bus', nats.url, '--stream-events', '100000', '--log-level', 'info'];
    const gateways = [
      await GatewayProcess.start(...options),
      await GatewayProcess.start(...options),
    ];
    stops.push(...gateways.map((gateway) => () => gateway.kill()));
    const balancer = await new Balancer(gateways.map(({ port }) => port)).start();
    stops.push(() => balancer.stop());
    const readers = [1, 2, 3].map(() => new EngineReader(balancer.url, TOPICS));
    stops.push(...readers.map((reader) => () => reader.stop()));
    await Promise.all(readers.map((reader) => reader.start()));

    const updates = Array.from({ length: EVENTS }, (_, n) => ({
      billId: BILLS[n % BILLS.length] as number,
      n,
    }));
    let restarting: Promise<unknown> = Promise.resolve();
    await publishAll(balancer.httpUrl, 'killed', updates, async (stored) => {
      if (stored === EVENTS * 0.3) {
        await gateways[0]?.kill();
        restarting = gateways[0]?.start() ?? restarting;
      }
      if (stored === EVENTS * 0.6) {
        await nats.kill();
        restarting = Promise.all([restarting, nats.start()]);
      }
    });
    await restarting;

    for (const reader of readers) {
      await reader.until(() => reader.count >= EVENTS || reader.lost.length > 0);
      expect(reader.lost).toEqual([]);
      for (const [index, topic] of TOPICS.entries())
        expect(reader.told.get(topic)).toEqual(
          updates.filter(({ n }) => n % BILLS.length === index).map(({ n }) => n),
        );
    }
  });
});
