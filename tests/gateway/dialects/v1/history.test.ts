import { describe, expect, it } from 'vitest';
import { connect, metrics, startGateway, statusChange } from '../../support/fixture.js';

describe('history on subscribe', () => {
  it('follows the confirmation: newest metrics, then the last updates, oldest first', async () => {
    const { url, publish } = await startGateway({ historySize: 3 });
    publish([metrics(1, 10), metrics(1, 20)]);
    for (const status of ['a', 'b', 'c', 'd']) publish(statusChange(1, status));
    publish(statusChange(2, 'of another bill'));
    const client = await connect(url);
    await client.subscribe(1);
    await client.settled();
    expect(client.received.map(({ type }) => type)).toEqual([
      'subscribe_confirmation',
      'engagement_metrics',
      'batched_updates',
      'pong',
    ]);
    expect(client.ofType('engagement_metrics')).toEqual([metrics(1, 20)]);
    expect(client.ofType('batched_updates')).toEqual([
      {
        type: 'batched_updates',
        bill_id: 1,
        history: true,
        updates: ['b', 'c', 'd'].map((newStatus) => ({
          bill_id: 1,
          type: 'status_change',
          data: { newStatus },
          timestamp: '2026-01-02T03:04:05.000Z',
        })),
        timestamp: expect.any(String),
      },
    ]);
  });

  it('joins without a hole or a repetition to what is published next', async () => {
    const { url, publish } = await startGateway();
    publish(statusChange(1, 'before'));
    const client = await connect(url);
    await client.subscribe(1);
    publish(statusChange(1, 'after'));
    await client.settled();
    expect(client.ofType('batched_updates')[0]?.updates).toHaveLength(1);
    expect(client.ofType('bill_update')).toEqual([statusChange(1, 'after')]);
  });

  it('is sent for every bill of batch_subscribe and of *', async () => {
    const { url, publish } = await startGateway();
    publish([statusChange(1, 'a'), statusChange(2, 'b'), statusChange(3, 'c')]);
    const [some, all] = [await connect(url), await connect(url)];
    await some.request({ type: 'batch_subscribe', data: { bill_ids: [1, 3] } });
    await all.request({ type: 'subscribe', topic: '*' });
    await some.settled();
    await all.settled();
    expect(some.ofType('batched_updates').map((message) => message.bill_id)).toEqual([1, 3]);
    expect(all.ofType('batched_updates').map((message) => message.bill_id)).toEqual([1, 2, 3]);
  });

  it('passes through the filters of the subscription', async () => {
    const { url, publish } = await startGateway();
    publish([statusChange(1, 'a'), statusChange(1, 'b'), metrics(1, 5)]);
    const client = await connect(url);
    await client.subscribe(1, { filters: { newStatus: 'b' } });
    await client.settled();
    expect(client.ofType('engagement_metrics')).toEqual([]);
    expect(client.ofType('batched_updates')[0]?.updates).toMatchObject([
      { data: { newStatus: 'b' } },
    ]);
  });

  it('is not sent when switched off', async () => {
    const { url, publish } = await startGateway({ historySize: 0 });
    publish([statusChange(1, 'a'), metrics(1, 5)]);
    const client = await connect(url);
    await client.subscribe(1);
    await client.settled();
    expect(client.received.map(({ type }) => type)).toEqual(['subscribe_confirmation', 'pong']);
  });
});
