/** What dialect v2 sends of events: their stream, their place in it, and whom they are for. */

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BatchFrames } from '../../../../web-demo/gateway/connections/batch-frames.js';
import { StreamEntry } from '../../../../web-demo/gateway/bus/stream-entry.js';
import { sharedWireEvent, wireEvent } from '../../../../web-demo/gateway/dialects/v2/wire-event.js';
import type { GatewayEvent } from '../../../../web-demo/gateway/events/event.js';
import { readPublished } from '../../../../web-demo/gateway/events/published.js';
import { greet, metrics, postJson, startGateway, statusChange } from '../../support/fixture.js';
import type { Message, TestClient } from '../../support/test-client.js';

const note = (title: string, more: Message = {}): Message => ({
  type: 'notification',
  id: title,
  title,
  message: 'text',
  ...more,
});

const seqsOf = (client: TestClient, topic: string): number[] =>
  client.ofStream(topic).flatMap(({ seq }) => (seq === undefined ? [] : [seq as number]));

describe('an event', () => {
  it('carries its topic, its epoch and its number, and is otherwise what was published', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    const [{ epoch }] = (await client.follow('bill:1', 'bill:2')).topics;
    publish([statusChange(1, 'a'), statusChange(2, 'b'), statusChange(1, 'c'), metrics(1, 5)]);
    await client.settled();
    expect(epoch).toMatch(/^.{1,64}$/);
    expect([...client.ofStream('bill:1'), ...client.ofStream('bill:2')]).toEqual([
      { topic: 'bill:1', epoch, seq: 1, ...statusChange(1, 'a') },
      { topic: 'bill:1', epoch, seq: 2, ...statusChange(1, 'c') },
      { topic: 'bill:1', epoch, seq: 3, ...metrics(1, 5) },
      { topic: 'bill:2', epoch, seq: 1, ...statusChange(2, 'b') },
    ]);
  });

  it.each<[topic: string, message: Message]>([
    ['bill:7', statusChange(7, 'x')],
    ['bill:7', metrics(7, 1)],
    ['bill:7', { type: 'batched_updates', updates: [{ bill_id: 7, type: 'amendment', data: {} }] }],
    ['discussion:7', { type: 'comment_update', bill_id: 7, data: {} }],
    ['discussion:7', { type: 'vote_update', bill_id: 7, user_id: 'u', vote_type: 'oppose' }],
    [
      'discussion:d',
      { type: 'community_update', discussion_id: 'd', update_type: 'expert_joined' },
    ],
    ['expert:updates', { type: 'expert_activity', expert_id: 'e', bill_id: 7 }],
    ['moderation:events', { type: 'moderation_event', target_id: 't' }],
    ['user_notifications', note('n')],
    ['user_notifications', { type: 'notification_read', notification_id: 'n' }],
    ['user_notifications', { type: 'notification_clear', clear_all: true }],
  ])('belongs to one stream, %s: %j', async (topic, message) => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow(topic);
    publish(message);
    await client.settled();
    const numbered = client.ofStream(topic).filter(({ seq }) => seq !== undefined);
    expect(numbered).toMatchObject([{ ...message, topic, seq: 1 }]);
  });

  it.each<[message: Message]>([
    [{ type: 'typing_indicator', bill_id: 7, user_id: 'u', is_typing: true }],
    [{ type: 'presence_update', bill_id: 7, count: 3 }],
  ])('that nobody needs later has a topic and no number: %j', async (message) => {
    const { url, publish, stats } = await startGateway();
    const client = await greet(url);
    await client.follow('discussion:7');
    publish(message);
    await client.settled();
    const [event] = client.ofStream('discussion:7').slice(-1);
    expect(event).toMatchObject({ ...message, topic: 'discussion:7' });
    expect(event).not.toHaveProperty('seq');
    expect(event).not.toHaveProperty('epoch');
    expect(stats().streams.historyEvents).toBe(0);
  });

  it('says where it stands itself, whatever its publisher wrote', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow('bill:1');
    const forged = { topic: 'bill:1', epoch: 'mine', seq: 99, previous: 98, history: true };
    publish({ ...statusChange(1, 'x'), ...forged });
    await client.settled();
    const [event] = client.ofStream('bill:1');
    expect(event).toMatchObject({ topic: 'bill:1', seq: 1 });
    expect(event?.epoch).not.toBe('mine');
    expect(event).not.toHaveProperty('previous');
    expect(event).not.toHaveProperty('history');
  });

  it('of a message of many bills is an event of each of them', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow('bill:1', 'bill:2');
    const update = (bill_id: number): Message => ({ bill_id, type: 'amendment', data: {} });
    publish({ type: 'batched_updates', updates: [update(1), update(2), update(1)] });
    await client.settled();
    expect(client.ofStream('bill:1')).toMatchObject([{ seq: 1, updates: [{}, {}] }]);
    expect(client.ofStream('bill:2')).toMatchObject([{ seq: 1, updates: [{}] }]);
  });
});

describe('the text of an event', () => {
  const entryOf = (message: Message): StreamEntry => {
    const [event] = readPublished(message, '2026-01-02T03:04:05.000Z');
    return new StreamEntry(event as GatewayEvent, 'e', 5, null);
  };

  it('is made once for everybody who needs the same one', () => {
    const entry = entryOf(statusChange(1, 'x'));
    const news = { epoch: 'e', previous: null, isHistory: false };
    const history = { ...news, isHistory: true };
    expect(wireEvent(entry, news)).toBe(wireEvent(entry, news));
    expect(wireEvent(entry, history)).toBe(wireEvent(entry, history));
    expect(wireEvent(entry, news).frame).toBe(sharedWireEvent(entry).frame);
    const own = wireEvent(entry, { ...news, previous: 3 });
    expect(JSON.parse(own.json)).toEqual({
      ...JSON.parse(sharedWireEvent(entry).json),
      previous: 3,
    });
  });

  it('so is a group of the same events', () => {
    const events = [1, 2, 3].map((bill) => sharedWireEvent(entryOf(statusChange(bill, 'x'))));
    const batches = new BatchFrames();
    const group = batches.of([...events]);
    batches.of(events.slice(1));
    expect(batches.of([...events])).toBe(group);
    expect(batches.of(events.slice(1))).not.toBe(group);
  });
});

describe('the epoch', () => {
  it('is another one at every start, as nothing is kept', async () => {
    const epochs = new Set();
    for (let start = 0; start < 3; start += 1) {
      const client = await greet((await startGateway()).url);
      epochs.add((await client.follow('bill:1')).topics[0].epoch);
    }
    expect(epochs.size).toBe(3);
  });
});

describe('other names of a stream', () => {
  it.each([
    ['community:5', 'discussion:5'],
    ['expert:ada', 'expert:updates'],
  ])('%s is %s, in the answer and on its events', async (asked, stream) => {
    const client = await greet((await startGateway()).url);
    expect((await client.follow(asked)).topics).toMatchObject([{ topic: stream }]);
  });
});

describe('a personal stream', () => {
  const notify = { titles: ['for-a', 'for-all', 'for-b', 'for-a-too'] };

  it('has what is for the user and for everybody; what was for others is no hole', async () => {
    const { url, publish } = await startGateway();
    const [a, b] = [await greet(`${url}?token=a`), await greet(`${url}?token=b`)];
    const userIds = await Promise.all([a, b].map((client) => userIdOf(client)));
    for (const client of [a, b]) await client.follow('user_notifications');
    publish([
      note('for-a', { user_id: userIds[0] }),
      note('for-all'),
      note('for-b', { user_id: userIds[1] }),
      note('for-a-too', { user_id: userIds[0] }),
    ]);
    await a.settled();
    await b.settled();
    await Promise.all([a, b].map((client) => client.settled()));
    const told = (client: TestClient): unknown[] =>
      client.ofStream('user_notifications').map(({ id, seq, previous }) => [id, seq, previous]);
    expect(told(a)).toEqual([
      [notify.titles[0], 1, undefined],
      [notify.titles[1], 2, undefined],
      [notify.titles[3], 4, 2],
    ]);
    expect(told(b)).toEqual([
      [notify.titles[1], 2, 0],
      [notify.titles[2], 3, undefined],
    ]);
  });

  it('is another history for another user: a position in the one is none in the other', async () => {
    const { url, publish } = await startGateway();
    publish(note('for-all'));
    const a = await greet(`${url}?token=a`);
    const { epoch, seq } = (await a.follow('user_notifications')).topics[0];
    const topic = { topic: 'user_notifications', since: { epoch, seq } };
    const again = await greet(`${url}?token=a`);
    expect((await again.follow(topic)).topics).toMatchObject([{ start: 1, recovered: true }]);
    const b = await greet(`${url}?token=b`);
    expect((await b.follow(topic)).topics).toMatchObject([{ start: 0, recovered: false }]);
    await b.find(({ id, history }) => id === 'for-all' && history === true);
  });
});

describe('the topic *', () => {
  it('has everything once; a stream that is subscribed, too, keeps its promise', async () => {
    const { url, publish } = await startGateway();
    publish(statusChange(1, 'before'));
    const client = await greet(url);
    expect((await client.follow('*')).topics).toEqual([{ topic: '*', recovered: false }]);
    await client.follow('bill:1');
    publish([statusChange(1, 'a'), statusChange(2, 'b'), note('n')]);
    await client.settled();
    expect(client.ofStream('bill:1')).toMatchObject([{ seq: 1, history: true }, { seq: 2 }]);
    expect(client.ofStream('bill:2')).toMatchObject([{ seq: 1 }]);
    expect(client.ofStream('user_notifications')).toMatchObject([{ id: 'n' }]);
    await client.request({ type: 'unsubscribe', topics: ['*'] });
    publish([statusChange(1, 'c'), statusChange(2, 'd')]);
    await client.settled();
    expect(seqsOf(client, 'bill:1')).toEqual([1, 2, 3]);
    expect(seqsOf(client, 'bill:2')).toEqual([1]);
  });

  it('passes through its filters, and brings what the filters of a stream leave out', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow(
      { topic: 'bill:1', filters: { type: 'amendment' } },
      { topic: '*', filters: { type: ['amendment', 'expert_analysis'] } },
    );
    const update = (bill_id: number, type: string): Message => ({
      type: 'bill_update',
      bill_id,
      update: { type, data: {} },
    });
    for (const type of ['status_change', 'amendment', 'expert_analysis'])
      publish([update(1, type), update(2, type)]);
    await client.settled();
    expect(seqsOf(client, 'bill:1')).toEqual([2, 3]);
    expect(client.ofStream('bill:1')[0]?.previous).toBe(0);
    expect(seqsOf(client, 'bill:2')).toEqual([2, 3]);
  });
});

describe('the log of what was published', () => {
  it('names topic, epoch and number of every event, for this machine', async () => {
    const { url, httpUrl, publish, log } = await startGateway();
    const client = await greet(url);
    await client.follow('bill:1');
    publish([statusChange(1, 'a'), statusChange(2, 'b'), statusChange(1, 'c')]);
    publish({ type: 'presence_update', bill_id: 1, count: 3 });
    await client.settled();
    const ofBill = log.events('bill:1');
    expect(ofBill.map(({ message, ...place }) => ({ ...place, ...message }))).toEqual(
      client.ofStream('bill:1'),
    );
    const response = await fetch(`${httpUrl}/log?topic=bill:1`);
    expect(await response.json()).toEqual({ appended: 4, events: ofBill });
    expect(log.events('discussion:1')).toMatchObject([{ epoch: null, seq: null }]);
    expect(log.events()).toHaveLength(4);
  });

  it('is shown to who knows the token', async () => {
    const { httpUrl } = await startGateway({ requireToken: 'sesame' });
    expect((await fetch(`${httpUrl}/log`)).status).toBe(401);
    const authorization = 'Bearer sesame';
    expect((await fetch(`${httpUrl}/log`, { headers: { authorization } })).status).toBe(200);
  });
});

describe('stats', () => {
  it('show streams and what is kept of them', async () => {
    const { url, httpUrl } = await startGateway({ streamEvents: 2 });
    const client = await greet(url);
    await client.follow('bill:1', 'bill:9');
    for (const status of ['a', 'b', 'c'])
      await postJson(`${httpUrl}/publish`, statusChange(1, status));
    const stats = (await (await fetch(`${httpUrl}/stats`)).json()) as Message;
    expect(stats.streams).toEqual({
      kind: 'memory',
      streams: 1,
      followed: 2,
      historyEvents: 2,
      historyBytes: 2 * JSON.stringify(statusChange(1, 'a')).length,
      evictedEvents: 1,
      gaps: 0,
      recovered: 0,
      notRecovered: 0,
    });
    expect(stats.clients).toMatchObject([{ dialect: 'v2', subscriptions: 2, slow: false }]);
  });
});

/** The id that others know the client's user by. */
async function userIdOf(client: TestClient): Promise<string> {
  const mark = randomUUID();
  await client.follow('discussion:999');
  await client.apply({ type: 'vote_update', data: { billId: 999, voteType: 'support', mark } });
  return (await client.find(({ data }) => data?.mark === mark)).user_id as string;
}
