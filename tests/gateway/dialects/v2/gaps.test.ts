/** Dialect v2 and slow clients: they get what they missed as they read, or are told what is lost. They delay nobody. */

import { describe, expect, it } from 'vitest';
import { greet, startGateway, type RunningGateway } from '../../support/fixture.js';
import type { Message, TestClient } from '../../support/test-client.js';

const BUFFER_LIMIT_BYTES = 128 * 1024;
const EVENT_BYTES = 32 * 1024;

function amendment(billId: number, number: number): Message {
  const data = { number, text: 'x'.repeat(EVENT_BYTES) };
  return { type: 'bill_update', bill_id: billId, update: { type: 'amendment', data } };
}

const seqs = (client: TestClient, topic: string): number[] =>
  client.ofStream(topic).flatMap(({ seq }) => (seq === undefined ? [] : [seq as number]));

/** Publishes until the paused client has not taken some of it, and then as much again. */
async function publishUntilBehind(gateway: RunningGateway, fast: TestClient): Promise<number> {
  let published = 0;
  const publish = async (): Promise<void> => {
    published += 1;
    gateway.publish(amendment(1, published));
    await fast.until(() => seqs(fast, 'bill:1').length === published);
  };
  while (gateway.stats().clients[0]?.slow !== true) await publish();
  for (let more = published; more > 0; more -= 1) await publish();
  return published;
}

async function startSlowAndFast(
  limits: Parameters<typeof startGateway>[0],
): Promise<{ gateway: RunningGateway; slow: TestClient; fast: TestClient }> {
  const gateway = await startGateway({ bufferLimitBytes: BUFFER_LIMIT_BYTES, ...limits });
  const [slow, fast] = [await greet(gateway.url), await greet(gateway.url)];
  for (const client of [slow, fast]) await client.follow('bill:1');
  slow.socket.pause();
  return { gateway, slow, fast };
}

describe('a client that does not read', () => {
  it('costs bounded memory, delays nobody, and misses nothing that history has', async () => {
    const { gateway, slow, fast } = await startSlowAndFast({
      streamEvents: 10_000,
      streamBytes: 1024 ** 3,
    });
    const published = await publishUntilBehind(gateway, fast);
    const [slowStats, fastStats] = gateway.stats().clients;
    expect(fastStats).toMatchObject({ slow: false, sent: published });
    expect(slowStats).toMatchObject({ slow: true, kept: 0, dropped: 0 });
    expect(slowStats?.bufferedBytes).toBeLessThan(BUFFER_LIMIT_BYTES + 2 * EVENT_BYTES);

    slow.socket.resume();
    await slow.find(({ seq }) => seq === published);
    expect(seqs(slow, 'bill:1')).toEqual(seqs(fast, 'bill:1'));
    expect(slow.ofType('gap')).toEqual([]);
    gateway.publish(amendment(1, published + 1));
    await slow.find(({ seq }) => seq === published + 1);
    expect(gateway.stats().clients[0]).toMatchObject({ slow: false });
  });

  it('is told once, exactly, what history no longer has', async () => {
    const { gateway, slow, fast } = await startSlowAndFast({ streamEvents: 3 });
    const published = await publishUntilBehind(gateway, fast);
    const sent = gateway.stats().clients[0]?.sent as number;
    slow.socket.resume();
    await slow.find(({ seq }) => seq === published);
    const { epoch } = slow.ofStream('bill:1')[0] as Message;
    expect(slow.messages.filter(({ type }) => type === 'gap')).toEqual([
      { type: 'gap', topic: 'bill:1', epoch, from: sent + 1, to: published - 3 },
    ]);
    const seen = seqs(slow, 'bill:1');
    expect(seen).toEqual([
      ...Array.from({ length: sent }, (_unused, index) => index + 1),
      ...[published - 2, published - 1, published],
    ]);
    const afterGap = slow.ofStream('bill:1').find(({ seq }) => seq === published - 2);
    expect(afterGap).not.toHaveProperty('previous');
    expect(gateway.stats().streams.gaps).toBe(1);
    const { positions } = await slow.request({ type: 'ping' });
    expect(positions).toEqual([{ topic: 'bill:1', epoch, seq: published }]);
  });

  it('is told in a pong of nothing that it was not sent', async () => {
    const { gateway, slow, fast } = await startSlowAndFast({ streamEvents: 3 });
    slow.send({ type: 'ping', messageId: 'early' });
    const published = await publishUntilBehind(gateway, fast);
    const sent = gateway.stats().clients[0]?.sent as number;
    slow.send({ type: 'ping', messageId: 'late' });
    await expect.poll(() => gateway.stats().received.ping).toBe(2);
    slow.socket.resume();
    const late = await slow.find(({ messageId }) => messageId === 'late');
    expect(late.positions).toMatchObject([{ topic: 'bill:1', seq: sent }]);
    await slow.find(({ seq }) => seq === published);
  });

  it('keeps only the newest of what nobody needs later', async () => {
    const { gateway, slow, fast } = await startSlowAndFast({ streamEvents: 3 });
    await slow.socket.resume();
    await slow.follow('discussion:5');
    slow.socket.pause();
    await publishUntilBehind(gateway, fast);
    for (let count = 2; count < 50; count += 1)
      gateway.publish({ type: 'presence_update', bill_id: 5, count });
    expect(gateway.stats().clients[0]?.kept).toBe(1);
    slow.socket.resume();
    await slow.find(({ type, count }) => type === 'presence_update' && count === 49);
    expect(slow.messages.filter(({ count }) => count >= 2)).toHaveLength(1);
  });
});
