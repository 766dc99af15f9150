import { describe, expect, it, vi } from 'vitest';
import { connect, metrics, startGateway, type RunningGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';

const BILLS = 5;
const ROUND_BYTES = 32 * 1024;
const BUFFER_LIMIT_BYTES = 128 * 1024;

/** One large update of every bill. */
function round(number: number): Message[] {
  return Array.from({ length: BILLS }, (_unused, index) => ({
    type: 'bill_update',
    bill_id: index + 1,
    update: { type: 'amendment', data: { round: number, text: 'x'.repeat(ROUND_BYTES) } },
  }));
}

async function connectToAll(gateway: RunningGateway): Promise<TestClient> {
  const client = await connect(gateway.url);
  const billIds = Array.from({ length: BILLS }, (_unused, index) => index + 1);
  await client.request({ type: 'batch_subscribe', data: { bill_ids: billIds } });
  return client;
}

/** Publishes until the paused client has lost something; the other one keeps up all the time. */
async function publishUntilDropped(gateway: RunningGateway, fast: TestClient): Promise<number> {
  let rounds = 0;
  while (gateway.stats().dropped < 10 * BILLS) {
    rounds += 1;
    gateway.publish(round(rounds));
    const expected = rounds * BILLS;
    await fast.until(() => fast.ofType('bill_update').length === expected);
  }
  return rounds;
}

/** Settles when nothing was published during many turns of the event loop. */
async function untilPublishingStands(gateway: RunningGateway): Promise<void> {
  let published = -1;
  for (let stillTurns = 0; stillTurns < 50; stillTurns += 1) {
    if (gateway.stats().published !== published) stillTurns = 0;
    ({ published } = gateway.stats());
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const roundsOf = (client: TestClient, billId: number): number[] =>
  client
    .ofType('bill_update')
    .filter((message) => message.bill_id === billId)
    .map((message) => message.update.data.round as number);

describe('a client that does not read', () => {
  it('slows nobody, costs bounded memory, and gets the newest state of each bill when it reads again', async () => {
    const gateway = await startGateway({ bufferLimitBytes: BUFFER_LIMIT_BYTES, historySize: 0 });
    const [slow, fast] = [await connectToAll(gateway), await connectToAll(gateway)];
    slow.socket.pause();
    const rounds = await publishUntilDropped(gateway, fast);

    const [slowStats, fastStats] = gateway.stats().clients;
    expect(fastStats).toMatchObject({ slow: false, dropped: 0, sent: rounds * BILLS });
    expect(slowStats).toMatchObject({ slow: true, kept: BILLS });
    expect(slowStats?.bufferedBytes).toBeLessThan(BUFFER_LIMIT_BYTES + 2 * BILLS * ROUND_BYTES);

    slow.socket.resume();
    await slow.until(() =>
      [1, 2, 3, 4, 5].every((billId) => roundsOf(slow, billId).at(-1) === rounds),
    );
    const { dropped, clients } = gateway.stats();
    expect(clients[0]).toMatchObject({ slow: false, kept: 0 });
    expect(slow.ofType('bill_update').length + dropped).toBe(rounds * BILLS);
    for (const billId of [1, 2, 3, 4, 5]) {
      const seen = roundsOf(slow, billId);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    }
  });

  it('keeps the newest metrics beside the newest update', async () => {
    const gateway = await startGateway({ bufferLimitBytes: BUFFER_LIMIT_BYTES, historySize: 0 });
    const [slow, fast] = [await connectToAll(gateway), await connectToAll(gateway)];
    slow.socket.pause();
    await publishUntilDropped(gateway, fast);
    gateway.publish([metrics(1, 100), metrics(1, 200)]);
    gateway.publish({
      type: 'bill_update',
      bill_id: 1,
      update: { type: 'amendment', data: { round: 'last' } },
    });
    slow.socket.resume();
    await slow.find((message) => message.update?.data.round === 'last');
    expect(slow.ofType('engagement_metrics')).toEqual([metrics(1, 200)]);
  });

  it('that asks without reading the answers is not read from until it does', async () => {
    const gateway = await startGateway({ bufferLimitBytes: 0 });
    const client = await connect(gateway.url);
    client.socket.pause();
    const question = { type: 'x'.repeat(500), messageId: 'm'.repeat(200) };
    const text = JSON.stringify({
      type: 'batch',
      messages: Array.from({ length: 1000 }, () => question),
    });
    let asked = 0;
    const received = () => gateway.stats().received.unknown ?? 0;
    // The gateway stops reading, so what we send begins to pile up on our side.
    while (client.socket.bufferedAmount < 4 * text.length) {
      client.send(text);
      asked += 1000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(received()).toBeLessThan(asked);
    client.socket.resume();
    await vi.waitFor(() => expect(client.ofType('error')).toHaveLength(asked), { timeout: 20_000 });
  }, 30_000);
});

describe('publishAll', () => {
  it('waits for a client that pauses: it does not count as slow, nothing is dropped', async () => {
    const gateway = await startGateway({ bufferLimitBytes: 1024 * 1024, historySize: 0 });
    const client = await connectToAll(gateway);
    const rounds = 200;
    const messages = Array.from({ length: rounds }, (_unused, index) => round(index + 1)).flat();
    client.socket.pause();
    const published = gateway.publishAll(messages);
    await untilPublishingStands(gateway);
    expect(gateway.stats().published).toBeLessThan(messages.length);
    client.socket.resume();
    expect(await published).toEqual({ published: rounds * BILLS, deliveredTo: 1 });
    await client.settled();
    expect(client.ofType('bill_update')).toHaveLength(rounds * BILLS);
    expect(gateway.stats().dropped).toBe(0);
  });
});
