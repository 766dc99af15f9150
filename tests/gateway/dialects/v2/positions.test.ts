/** Dialect v2: subscribing with and without a position, what is replayed, and what a page is told of where it stands. */

import { describe, expect, it } from 'vitest';
import { greet, metrics, startGateway, statusChange } from '../../support/fixture.js';
import type { Message, TestClient } from '../../support/test-client.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const letters = (count: number): string[] =>
  Array.from({ length: count }, (_unused, index) => String.fromCharCode(97 + index));

const seqs = (client: TestClient, topic = 'bill:1'): number[] =>
  client.ofStream(topic).flatMap(({ seq }) => (seq === undefined ? [] : [seq as number]));

/** Settles when the client has the event of this number. */
const reached = (client: TestClient, seq: number, topic = 'bill:1'): Promise<Message> =>
  client.find((message) => message.topic === topic && message.seq === seq);

describe('subscribe', () => {
  it('without a position brings the newest events, marked as history, and then what is new', async () => {
    const { url, publish } = await startGateway({ newcomerEvents: 3 });
    for (const status of letters(5)) publish(statusChange(1, status));
    const client = await greet(url);
    const answer = await client.follow('bill:1');
    const epoch = expect.any(String);
    expect(answer).toEqual({
      type: 'subscribed',
      messageId: 'request-2',
      topics: [{ topic: 'bill:1', epoch, seq: 5, start: 2, recovered: false }],
      timestamp: isoTime,
    });
    publish(statusChange(1, 'f'));
    await reached(client, 6);
    expect(client.ofStream('bill:1').map(({ seq, history }) => [seq, history])).toEqual([
      [3, true],
      [4, true],
      [5, true],
      [6, undefined],
    ]);
    expect(client.ofStream('bill:1')[0]).toEqual({
      topic: 'bill:1',
      epoch,
      seq: 3,
      history: true,
      ...statusChange(1, 'c'),
    });
  });

  it('with a position brings everything after it, as news', async () => {
    const { url, publish } = await startGateway({ newcomerEvents: 1 });
    const first = await greet(url);
    const { epoch } = (await first.follow('bill:1')).topics[0];
    for (const status of letters(5)) publish(statusChange(1, status));
    const client = await greet(url);
    const since = { epoch, seq: 2 };
    expect((await client.follow({ topic: 'bill:1', since })).topics).toEqual([
      { topic: 'bill:1', epoch, seq: 5, start: 2, recovered: true },
    ]);
    await reached(client, 5);
    expect(seqs(client)).toEqual([3, 4, 5]);
    expect(client.ofStream('bill:1').some(({ history }) => history === true)).toBe(false);
  });

  it('with the newest position brings nothing, and nothing was lost', async () => {
    const { url, publish } = await startGateway();
    publish([statusChange(1, 'a'), statusChange(1, 'b')]);
    const client = await greet(url);
    const { epoch, seq } = (await client.follow('bill:1')).topics[0];
    const again = await greet(url);
    const answer = await again.follow({ topic: 'bill:1', since: { epoch, seq } });
    expect(answer.topics).toMatchObject([{ seq: 2, start: 2, recovered: true }]);
    publish(statusChange(1, 'c'));
    await again.settled();
    expect(seqs(again)).toEqual([3]);
  });

  it('with a position that history no longer reaches says where it begins; what follows was asked for', async () => {
    const { url, publish, stats } = await startGateway({ streamEvents: 3 });
    const first = await greet(url);
    const { epoch } = (await first.follow('bill:1')).topics[0];
    for (const status of letters(6)) publish(statusChange(1, status));
    const client = await greet(url);
    const answer = await client.follow({ topic: 'bill:1', since: { epoch, seq: 1 } });
    expect(answer.topics).toEqual([{ topic: 'bill:1', epoch, seq: 6, start: 3, recovered: false }]);
    await reached(client, 6);
    expect(seqs(client)).toEqual([4, 5, 6]);
    expect(client.ofStream('bill:1').some(({ history }) => history === true)).toBe(false);
    expect(client.ofType('gap')).toEqual([]);
    const edge = await greet(url);
    const atEdge = await edge.follow({ topic: 'bill:1', since: { epoch, seq: 3 } });
    expect(atEdge.topics).toMatchObject([{ start: 3, recovered: true }]);
    expect(stats().streams).toMatchObject({ recovered: 1, notRecovered: 1 });
  });

  it.each([
    ['of another epoch', { epoch: 'lost', seq: 2 }],
    ['ahead of everything', { seq: 7 }],
  ])('with a position %s brings all there is, marked as history', async (_what, position) => {
    const { url, publish } = await startGateway({ newcomerEvents: 1 });
    for (const status of letters(3)) publish(statusChange(1, status));
    const first = await greet(url);
    const { epoch } = (await first.follow('bill:1')).topics[0];
    const client = await greet(url);
    const since = { epoch, ...position };
    expect((await client.follow({ topic: 'bill:1', since })).topics).toMatchObject([
      { topic: 'bill:1', epoch, seq: 3, start: 0, recovered: false },
    ]);
    await reached(client, 3);
    expect(client.ofStream('bill:1').map(({ history }) => history)).toEqual([true, true, true]);
  });

  it('takes many topics in one frame and answers them in their order', async () => {
    const { url, publish } = await startGateway();
    publish([statusChange(1, 'a'), statusChange(3, 'b')]);
    const client = await greet(url);
    const many = Array.from({ length: 900 }, (_unused, index) => `bill:${index + 100}`);
    expect((await client.follow(...many)).topics).toHaveLength(900);
    const { topics } = await client.follow('bill:3', 'bill:2', 'bill:1', 'moderation:events');
    expect(topics.map(({ topic, seq }: Message) => [topic, seq])).toEqual([
      ['bill:3', 1],
      ['bill:2', 0],
      ['bill:1', 1],
      ['moderation:events', 0],
    ]);
  });

  it('refuses single topics, and subscribes to the others', async () => {
    const { url, stats } = await startGateway({ maximumSubscriptions: 8 });
    const client = await greet(url);
    const allowed =
      'bill:ID, discussion:ID, community:ID, expert:updates, expert:ID, moderation:events, user_notifications, or *';
    const sinceRule =
      '{epoch, seq}: a text of 1 to 64 bytes, and a whole number from 0 to 9007199254740991';
    const { topics } = await client.follow(
      'bill:1',
      'weather',
      { topic: 5 },
      'bill:007',
      { topic: 'bill:2', since: { epoch: '', seq: 1 } },
      { topic: 'bill:2', since: { epoch: 'e', seq: -1 } },
      { topic: 'bill:2', since: 'yesterday' },
      { topic: 'bill:2', filters: 'x' },
      'bill:3',
    );
    expect(topics).toMatchObject([
      { topic: 'bill:1', start: 0 },
      { topic: 'weather', error: `subscribe: topic is "weather"; allowed: ${allowed}` },
      { topic: null, error: `subscribe: topic is 5; allowed: ${allowed}` },
      { topic: 'bill:007', error: `subscribe: topic is "bill:007"; allowed: ${allowed}` },
      {
        topic: 'bill:2',
        error: `subscribe: since is {epoch: "", seq: 1}; allowed: ${sinceRule}`,
      },
      {
        topic: 'bill:2',
        error: `subscribe: since is {epoch: "e", seq: -1}; allowed: ${sinceRule}`,
      },
      { topic: 'bill:2', error: `subscribe: since is "yesterday"; allowed: ${sinceRule}` },
      {
        topic: 'bill:2',
        error: 'subscribe: filters is "x"; allowed: an object of field names and values',
      },
      { topic: 'bill:3', start: 0 },
    ]);
    expect(stats().subscriptions).toBe(2);
  });

  it('refuses what is above the limit of a connection, and no topic that is subscribed already', async () => {
    const client = await greet((await startGateway({ maximumSubscriptions: 2 })).url);
    await client.follow('bill:1', 'bill:2');
    const { topics } = await client.follow('bill:3', 'bill:2');
    expect(topics).toMatchObject([
      {
        topic: 'bill:3',
        error: 'subscribe: this connection has 2 subscriptions; allowed: at most 2',
      },
      { topic: 'bill:2', recovered: false },
    ]);
  });

  it.each([
    [{}, 'subscribe: topics is missing; allowed: an array'],
    [{ topics: 'bill:1' }, 'subscribe: topics is "bill:1"; allowed: an array'],
    [{ topic: 'bill:1', data: { bill_id: 1 } }, 'subscribe: topics is missing; allowed: an array'],
  ])('with %j is refused', async (body, error) => {
    const client = await greet((await startGateway()).url);
    const answer = await client.request({ type: 'subscribe', ...body });
    expect(answer).toMatchObject({ type: 'error', data: { error } });
  });

  it('to a topic that is subscribed already starts it anew, with other filters', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow({ topic: 'bill:1', filters: { type: 'amendment' } });
    for (const status of letters(3)) publish(statusChange(1, status));
    await client.settled();
    expect(seqs(client)).toEqual([]);
    const { epoch } = (await client.follow('bill:2')).topics[0];
    const answer = await client.follow({ topic: 'bill:1', since: { epoch, seq: 1 } });
    expect(answer.topics).toMatchObject([{ start: 1, recovered: true }]);
    await reached(client, 3);
    publish(statusChange(1, 'd'));
    await client.settled();
    expect(seqs(client)).toEqual([2, 3, 4]);
  });

  it('says who is there, and who writes', async () => {
    const { url } = await startGateway();
    const first = await greet(`${url}?token=a`);
    await first.follow('discussion:1');
    first.send({ type: 'typing_start', data: { billId: 1 } });
    await first.settled();
    const client = await greet(`${url}?token=b`);
    await client.follow('discussion:1');
    await client.settled();
    const present = client.ofStream('discussion:1');
    expect(present.map(({ type }) => type).sort()).toEqual(['presence_update', 'typing_indicator']);
    expect(present.find(({ type }) => type === 'presence_update')?.count).toBe(2);
    expect(first.ofType('typing_indicator')).toEqual([]);
  });
});

describe('unsubscribe', () => {
  it('ends what is named, is answered, and loses nothing of the rest', async () => {
    const { url, publish, stats } = await startGateway();
    const client = await greet(url);
    await client.follow('bill:1', 'bill:2', 'discussion:3', '*');
    const answer = await client.request({
      type: 'unsubscribe',
      topics: ['bill:1', 'community:3', '*', 'bill:77'],
    });
    expect(answer).toEqual({ type: 'unsubscribed', messageId: 'request-3', timestamp: isoTime });
    publish([statusChange(1, 'a'), statusChange(2, 'b')]);
    await client.settled();
    expect(seqs(client, 'bill:1')).toEqual([]);
    expect(seqs(client, 'bill:2')).toEqual([1]);
    expect(stats()).toMatchObject({ subscriptions: 1, streams: { followed: 1 } });
  });

  it.each([
    [{}, 'unsubscribe: topics is missing; allowed: an array'],
    [{ topics: ['bill:1', 5] }, /^unsubscribe: topic is 5; allowed: bill:ID, /],
  ])('with %j is refused and changes nothing', async (body, error) => {
    const { url, stats } = await startGateway();
    const client = await greet(url);
    await client.follow('bill:1');
    const answer = await client.request({ type: 'unsubscribe', ...body });
    const text = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(answer).toMatchObject({ type: 'error', data: { error: text } });
    expect(stats().subscriptions).toBe(1);
  });
});

describe('filters', () => {
  it('leave events out, and the next one says after which it was sent', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow({ topic: 'bill:1', filters: { newStatus: ['b', 'c', 'f'] } });
    for (const status of letters(6)) publish(statusChange(1, status));
    await client.settled();
    const places = client.ofStream('bill:1').map(({ seq, previous }) => [seq, previous]);
    expect(places).toEqual([
      [2, 0],
      [3, undefined],
      [6, 3],
    ]);
  });

  it('hold for what is replayed, too', async () => {
    const { url, publish } = await startGateway();
    for (const status of letters(6)) publish(statusChange(1, status));
    const client = await greet(url);
    const answer = await client.follow({ topic: 'bill:1', filters: { newStatus: ['b', 'f'] } });
    expect(answer.topics).toMatchObject([{ start: 0, seq: 6 }]);
    await reached(client, 6);
    const places = client
      .ofStream('bill:1')
      .map(({ seq, previous, history }) => [seq, previous, history]);
    expect(places).toEqual([
      [2, 0, true],
      [6, 2, true],
    ]);
  });
});

describe('pong', () => {
  it('names where streams stand of which something was published since the last one', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    const { epoch } = (await client.follow('bill:1', 'bill:2', 'bill:3')).topics[0];
    const ping = async (): Promise<unknown> => (await client.request({ type: 'ping' })).positions;
    expect(await ping()).toEqual([]);
    publish([statusChange(1, 'a'), metrics(1, 5), statusChange(2, 'b'), statusChange(9, 'c')]);
    expect(await ping()).toEqual([
      { topic: 'bill:1', epoch, seq: 2 },
      { topic: 'bill:2', epoch, seq: 1 },
    ]);
    expect(await ping()).toEqual([]);
    publish(statusChange(2, 'd'));
    expect(await ping()).toEqual([{ topic: 'bill:2', epoch, seq: 2 }]);
  });

  it('names nothing that was not meant for this page', async () => {
    const { url, publish } = await startGateway();
    const client = await greet(url);
    await client.follow({ topic: 'bill:1', filters: { newStatus: 'x' } });
    publish([statusChange(1, 'x'), statusChange(1, 'y')]);
    const { positions } = await client.request({ type: 'ping' });
    expect(positions).toMatchObject([{ topic: 'bill:1', seq: 1 }]);
  });
});
