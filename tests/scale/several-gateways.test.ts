/** Gateways that share NATS are one server: whoever is connected to one sees what the other was told. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greet, postJson, statusChange } from '../gateway/fixture.js';
import { Page } from '../gateway/page.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway } from './support/nats-gateways.js';

const nats = new NatsServer();
let nextBill = 1;

beforeAll(async () => {
  await nats.start();
});
afterAll(() => nats.stop());

const newBill = (): number => nextBill++;

describe('two gateways', () => {
  it('tell their pages of what the other was told, with the same numbers', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const [here, there] = [await greet(first.url), await greet(second.url)];
    const billId = newBill();
    const topic = `bill:${billId}`;
    await here.follow(topic);
    await there.follow(topic);
    for (const status of ['a', 'b', 'c'])
      expect(
        await postJson(`${first.httpUrl}/publish`, statusChange(billId, status)),
      ).toMatchObject({
        status: 200,
      });
    for (const client of [here, there])
      await client.until(() => client.ofStream(topic).length === 3);
    expect(there.ofStream(topic).map(({ update }) => update.data.newStatus)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(here.ofStream(topic)).toEqual(there.ofStream(topic));
  });

  it('bring a page that changes from one to the other everything it missed, once', async () => {
    const [first, second] = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)];
    const billId = newBill();
    const topic = `bill:${billId}`;
    const page = new Page(first.url, 'engine');
    await page.connect();
    page.subscribe([topic]);
    await page.settled();
    await postJson(`${first.httpUrl}/publish`, statusChange(billId, '0'));
    await page.client?.until(() => page.of(topic).taken.length === 1);
    page.drop();
    const missed = Array.from({ length: 600 }, (_, index) =>
      statusChange(billId, String(index + 1)),
    );
    await postJson(`${second.httpUrl}/publish`, missed);
    const moved = new Page(second.url, 'engine');
    Object.assign(moved, { streams: page.streams });
    await moved.connect();
    await moved.client?.until(() => page.of(topic).taken.length === 601);
    await moved.settled();
    expect(moved.of(topic).gaps).toEqual([]);
    expect(moved.faults).toEqual([]);
    expect(moved.of(topic).taken.map(({ update }) => update.data.newStatus)).toEqual(
      Array.from({ length: 601 }, (_, index) => String(index)),
    );
  });
});
