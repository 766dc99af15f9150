import { expect, it } from 'vitest';
import { connect, metrics, startGateway, statusChange } from '../support/fixture.js';
import { VirtualClock } from '../support/virtual-clock.js';

it('full groups leave at once, the rest after the interval, each event as it was published', async () => {
  const clock = new VirtualClock();
  const { url, publish } = await startGateway({ batchSize: 3, batchIntervalMs: 50, clock });
  const client = await connect(url);
  await client.request({ type: 'subscribe', topic: '*' });
  const messages = [1, 2, 3, 4, 5].map((billId) => statusChange(billId, 'x'));
  publish(messages);
  await client.until(() => client.ofType('batch').length === 1);
  expect(client.ofType('batch')).toEqual([{ type: 'batch', messages: messages.slice(0, 3) }]);
  await clock.advance(50);
  await client.until(() => client.ofType('batch').length === 2);
  expect(client.ofType('batch')[1]).toEqual({ type: 'batch', messages: messages.slice(3) });
});

it('a single event leaves as a frame of its own', async () => {
  const clock = new VirtualClock();
  const { url, publish } = await startGateway({ batchSize: 50, clock });
  const client = await connect(url);
  await client.subscribe(1);
  publish(metrics(1, 5));
  await clock.advance(50);
  expect(await client.find(({ type }) => type === 'engagement_metrics')).toEqual(metrics(1, 5));
});

it('a reply comes after what was published before it', async () => {
  const { url, publish } = await startGateway({ batchSize: 50, batchIntervalMs: 60_000 });
  const client = await connect(url);
  await client.subscribe(1);
  publish([metrics(1, 1), metrics(1, 2)]);
  await client.settled();
  expect(client.received.map(({ type }) => type)).toEqual([
    'subscribe_confirmation',
    'batch',
    'pong',
  ]);
});
