/** A page that was away for longer than history reaches is told a gap if something is missing, and only then. */

import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greet, postJson, statusChange } from '../gateway/support/fixture.js';
import type { Message, TestClient } from '../gateway/support/test-client.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway } from './support/nats-gateways.js';

const nats = new NatsServer();
let nextBill = 1;

beforeAll(async () => {
  await nats.start();
});
afterAll(() => nats.stop());

const statuses = (page: TestClient, topic: string): unknown[] =>
  page.ofStream(topic).flatMap(({ update }) => (update?.data.newStatus as unknown) ?? []);

/** What a gateway that was just started says to a page that was at a position of a quiet topic. */
async function comeBack(
  topic: string,
  since: Message,
): Promise<{ page: TestClient; told: Message }> {
  const { url } = await startNatsGateway(nats.url);
  const page = await greet(url);
  const { topics } = await page.follow({ topic, since });
  return { page, told: topics[0] as Message };
}

/** Everything that was stored so far leaves history, as with time. */
async function forgetEverything(): Promise<void> {
  const connection = await connect({ servers: nats.url.slice('nats://'.length) });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info('CIVIC');
  // What is taken from the stream has to be known to be gone.
  await expect
    .poll(async () => (await streams.info('CIVIC_ENDS')).sources?.[0]?.lag, { timeout: 10_000 })
    .toBe(0);
  await streams.purge('CIVIC', { seq: state.last_seq + 1 });
  await connection.close();
}

async function quietTopic(...newStatuses: string[]): Promise<{
  topic: string;
  publish: (status: string) => Promise<void>;
  positions: Message[];
}> {
  const billId = nextBill++;
  const topic = `bill:${billId}`;
  const { url, httpUrl } = await startNatsGateway(nats.url);
  const page = await greet(url);
  const { topics } = await page.follow(topic);
  const publish = async (status: string): Promise<void> => {
    await postJson(`${httpUrl}/publish`, statusChange(billId, status));
  };
  for (const status of newStatuses) await publish(status);
  await page.until(() => statuses(page, topic).length === newStatuses.length);
  const { epoch } = topics[0] as Message;
  const positions = page.ofStream(topic).map(({ seq }) => ({ epoch, seq }) as Message);
  // Others go on.
  for (let n = 0; n < 20; n += 1)
    await postJson(`${httpUrl}/publish`, statusChange(1_000_000 + n, 'x'));
  return { topic, publish, positions };
}

describe('of a topic whose history is gone', () => {
  it('a page that has the newest event is told of no gap', async () => {
    const { topic, positions } = await quietTopic('a', 'b');
    await forgetEverything();
    const { page, told } = await comeBack(topic, positions[1] as Message);
    expect(told).toMatchObject({ recovered: true, start: positions[1]?.seq });
    await page.settled();
    expect(page.ofType('gap')).toEqual([]);
  });

  it('a page that lacks the newest event is told of the gap', async () => {
    const { topic, positions } = await quietTopic('a', 'b');
    await forgetEverything();
    const { told } = await comeBack(topic, positions[0] as Message);
    expect(told.recovered).toBe(false);
    expect(told.start).toBeGreaterThanOrEqual(positions[1]?.seq);
  });

  it('what came after it is brought without a gap', async () => {
    const { topic, publish, positions } = await quietTopic('a', 'b');
    await forgetEverything();
    await publish('c');
    await publish('d');
    const { page, told } = await comeBack(topic, positions[1] as Message);
    expect(told).toMatchObject({ recovered: true, start: positions[1]?.seq });
    await page.until(() => statuses(page, topic).length === 2);
    expect(statuses(page, topic)).toEqual(['c', 'd']);
    expect(page.ofType('gap')).toEqual([]);
  });

  it('what came after it is brought with a gap to a page that lacks something before', async () => {
    const { topic, publish, positions } = await quietTopic('a', 'b');
    await forgetEverything();
    await publish('c');
    const { page, told } = await comeBack(topic, positions[0] as Message);
    expect(told.recovered).toBe(false);
    await page.until(() => statuses(page, topic).length === 1);
    expect(statuses(page, topic)).toEqual(['c']);
  });
});
