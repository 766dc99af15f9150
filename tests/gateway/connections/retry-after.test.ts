/** When the gateway sends clients away: how it says when to come back, and a herd that comes back at once. */

import { describe, expect, it } from 'vitest';
import { connect, greet, startGateway, statusChange } from '../support/fixture.js';

describe('too many connections', () => {
  it.each(['civic-engagement-v1', 'civic-engagement-v2'])(
    'of %s are closed with 1013 and told when to come back',
    async (protocol) => {
      const gateway = await startGateway({ maximumConnections: 2 });
      const kept = [await greet(gateway.url), await connect(gateway.url)];
      const client = await connect(gateway.url, { protocols: [protocol] });
      expect(await client.closed).toEqual({ code: 1013, reason: 'too many connections' });
      expect(client.received).toEqual([
        { type: 'heartbeat', retryAfter: expect.any(Number), timestamp: expect.any(String) },
      ]);
      expect(client.received[0]?.retryAfter).toBeGreaterThanOrEqual(5000);
      for (const one of kept) await one.settled();
      expect(gateway.stats()).toMatchObject({ connections: 2, refused: { overload: 1 } });
      kept[0]?.terminate();
      await expect.poll(() => gateway.stats().connections).toBe(1);
      await (await greet(gateway.url)).settled();
    },
  );
});

describe('shutting down', () => {
  it('tells clients of v2 when to come back, not all at the same time, and those of v1 nothing new', async () => {
    const gateway = await startGateway();
    const old = await connect(gateway.url);
    const clients = await Promise.all(Array.from({ length: 20 }, () => greet(gateway.url)));
    await gateway.stop();
    for (const client of [old, ...clients])
      expect(await client.closed).toMatchObject({ code: 1001 });
    expect(old.received).toEqual([]);
    const told = clients.map((client) => client.received.at(-1)?.retryAfter as number);
    for (const retryAfter of told) expect(retryAfter).toBeGreaterThanOrEqual(1000);
    expect(new Set(told).size).toBeGreaterThan(1);
  });
});

describe('a herd', () => {
  it('that comes back at once is brought along in turns, all of it, while others are served', async () => {
    const gateway = await startGateway();
    const topics = Array.from({ length: 5 }, (_unused, index) => `bill:${index + 1}`);
    const first = await greet(gateway.url);
    const { epoch } = (await first.follow(...topics)).topics[0];
    for (let number = 0; number < 2000; number += 1)
      gateway.publish(statusChange((number % 5) + 1, `s${number}`));
    await first.settled();
    const since = { epoch, seq: 0 };
    const herd = await Promise.all(
      Array.from({ length: 60 }, async (_unused, index) => {
        const client = await connect(gateway.url, { protocols: ['civic-engagement-v2'] });
        client.send({ type: 'hello', messageId: 'h', data: { client: `engine-${index}` } });
        const asked = topics.map((topic) => ({ topic, since }));
        client.send({ type: 'subscribe', messageId: 's', topics: asked });
        return client;
      }),
    );
    // Somebody who was there all the time does not wait until the herd has everything.
    gateway.publish(statusChange(1, 'new'));
    await first.find(({ seq, topic }) => topic === 'bill:1' && seq === 401);
    for (const client of herd) {
      await client.until(
        () => client.messages.filter(({ seq }) => seq !== undefined).length >= 2001,
      );
      for (const topic of topics) {
        const count = topic === 'bill:1' ? 401 : 400;
        const seen = client.ofStream(topic).map(({ seq }) => seq as number);
        expect(seen).toEqual(Array.from({ length: count }, (_unused, index) => index + 1));
      }
    }
    expect(gateway.stats().streams).toMatchObject({ recovered: 300, notRecovered: 0, gaps: 0 });
  });
});
