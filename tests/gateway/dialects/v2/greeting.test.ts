/** Which dialect is spoken, and how dialect v2 begins: `hello` and `welcome`. */

import { describe, expect, it } from 'vitest';
import { connect, greet, startGateway, statusChange } from '../../support/fixture.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const [v1, v2] = ['civic-engagement-v1', 'civic-engagement-v2'];

describe('choosing the dialect', () => {
  it.each([
    { offered: [v1, v2], dialect: 'v2' as const, chosen: v2 },
    { offered: [v2, v1], dialect: 'v2' as const, chosen: v2 },
    { offered: [v2], dialect: 'v2' as const, chosen: v2 },
    { offered: [v1], dialect: 'v2' as const, chosen: v1 },
    { offered: [], dialect: 'v2' as const, chosen: '' },
    { offered: [v1, v2], dialect: 'v1' as const, chosen: v1 },
    { offered: [v2, v1], dialect: 'v1' as const, chosen: v1 },
  ])(
    'offered $offered with --dialect $dialect: "$chosen"',
    async ({ offered, dialect, chosen }) => {
      const { url, stats } = await startGateway({ dialect });
      const client = await connect(url, { protocols: offered });
      expect(client.socket.protocol).toBe(chosen);
      const speaksV2 = chosen === v2;
      expect(stats().dialects).toEqual({ v1: speaksV2 ? 0 : 1, v2: speaksV2 ? 1 : 0 });
      const answer = speaksV2 ? await client.hello() : await client.subscribe(5);
      expect(answer.type).toBe(speaksV2 ? 'welcome' : 'subscribe_confirmation');
    },
  );
});

describe('hello', () => {
  it('is answered by what the page must know', async () => {
    const { url } = await startGateway({
      heartbeatIntervalMs: 20_000,
      maximumMessageBytes: 2048,
      maximumInFlight: 7,
    });
    const client = await connect(url, { protocols: [v2] });
    expect(await client.hello({ compression: ['gzip', 'deflate-raw'] })).toEqual({
      type: 'welcome',
      messageId: 'request-1',
      data: {
        session: expect.any(String),
        heartbeatIntervalMs: 20_000,
        maxMessageBytes: 2048,
        maxInFlight: 7,
        compression: 'deflate-raw',
      },
      timestamp: isoTime,
    });
  });

  it('chooses nothing that was not offered', async () => {
    const { url } = await startGateway();
    for (const compression of [undefined, [], ['gzip']]) {
      const client = await connect(url, { protocols: [v2] });
      expect((await client.hello({ compression })).data).not.toHaveProperty('compression');
    }
  });

  it('and what leaves with it is handled in order: subscriptions and a ping need not wait', async () => {
    const { url, publish } = await startGateway();
    publish(statusChange(1, 'before'));
    const client = await connect(url, { protocols: [v2] });
    client.send({ type: 'hello', messageId: 'h', data: { client: 'engine' } });
    client.send({ type: 'subscribe', messageId: 's', topics: [{ topic: 'bill:1' }] });
    client.send({ type: 'subscribe', messageId: 't', topics: [{ topic: 'bill:2' }] });
    client.send({ type: 'ping', messageId: 'p' });
    await client.until(
      () => client.ofType('bill_update').length === 1 && client.ofType('pong').length === 1,
    );
    const replies = client.received.filter(({ messageId }) => messageId !== undefined);
    expect(replies.map(({ type, messageId }) => [type, messageId])).toEqual([
      ['welcome', 'h'],
      ['subscribed', 's'],
      ['subscribed', 't'],
      ['pong', 'p'],
    ]);
  });

  it('comes first: whatever comes before it has no effect', async () => {
    const { url, stats } = await startGateway();
    const client = await connect(url, { protocols: [v2] });
    const answer = await client.follow('bill:1');
    expect(answer).toEqual({
      type: 'error',
      data: {
        error: 'subscribe: came before hello; allowed: hello as the first frame',
        originalType: 'subscribe',
      },
      messageId: 'request-1',
      timestamp: isoTime,
    });
    expect(stats().subscriptions).toBe(0);
    expect((await client.hello()).type).toBe('welcome');
  });

  it('is said once', async () => {
    const client = await greet((await startGateway()).url);
    expect((await client.hello()).data.error).toBe(
      'hello: was said before; allowed: once, as the first frame',
    );
  });

  it('is waited for only so long', async () => {
    const { url } = await startGateway({ authTimeoutMs: 1 });
    const client = await connect(url, { protocols: [v2] });
    expect(await client.closed).toEqual({ code: 4408, reason: 'no hello came in time' });
  });

  it.each([
    [undefined, 'hello: data is missing; allowed: an object'],
    [{}, 'hello: data.client is missing; allowed: a text of 1 to 200 characters'],
    [{ client: 5 }, 'hello: data.client is 5; allowed: a text of 1 to 200 characters'],
    [{ client: 'e', token: '' }, 'hello: data.token is empty; allowed: a text'],
    [{ client: 'e', token: 5 }, 'hello: data.token is not a text; allowed: a text'],
    [
      { client: 'e', compression: 'deflate-raw' },
      'hello: data.compression is "deflate-raw"; allowed: an array of names',
    ],
  ])('with data %j is refused, and may be said again', async (data, error) => {
    const client = await connect((await startGateway()).url, { protocols: [v2] });
    expect((await client.request({ type: 'hello', data })).data.error).toBe(error);
    expect((await client.hello()).type).toBe('welcome');
  });
});

describe('a client without a token', () => {
  it('is the same guest on every connection', async () => {
    const { url } = await startGateway();
    const whoComments = async (name: string): Promise<string> => {
      const client = await greet(url, { client: name });
      await client.follow('discussion:1');
      await client.apply({ type: 'comment_update', data: { billId: 1, text: 'x' } });
      const comment = await client.find(
        ({ type, history }) => type === 'comment_update' && !history,
      );
      client.terminate();
      return comment.user_id as string;
    };
    const [first, again, other] = [
      await whoComments('engine-1'),
      await whoComments('engine-1'),
      await whoComments('engine-2'),
    ];
    expect(first).toMatch(/^guest-[0-9a-f]{12}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('what is not understood', () => {
  it.each([
    ['{"type":', /^frame is not JSON: /, null],
    ['[]', 'message is an array of 0; allowed: a JSON object with a type', null],
    [
      { type: 'fly', messageId: 'm' },
      /^type "fly" is not known; allowed: hello, auth, ping, /,
      'm',
    ],
    [{ type: 'batch_subscribe', messageId: 'm' }, /^type "batch_subscribe" is not known/, 'm'],
  ])('%j is answered by one error', async (sent, error, messageId) => {
    const client = await greet((await startGateway()).url);
    client.send(sent);
    const answer = await client.find(({ type }) => type === 'error');
    const text = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(answer).toMatchObject({ data: { error: text }, messageId });
  });
});
