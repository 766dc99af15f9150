/** Whatever is killed, every page sees every event once and in order, or is told of the gap. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineReader } from './support/engine-reader.js';
import { ScaledSystem } from './support/scaled-system.js';

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
    const system = await ScaledSystem.start('--log-level', 'info');
    stops.push(() => system.stop());
    const readers = [1, 2, 3].map(() => new EngineReader(system.balancer.url, TOPICS));
    stops.push(...readers.map((reader) => () => reader.stop()));
    await Promise.all(readers.map((reader) => reader.start()));

    const updates = Array.from({ length: EVENTS }, (_, n) => ({
      billId: BILLS[n % BILLS.length] as number,
      n,
    }));
    await system.publish('killed', updates, [
      [0.3, () => system.killGateway(0)],
      [0.6, () => system.killNats()],
    ]);

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
