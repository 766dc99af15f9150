import { describe, expect, it } from 'vitest';
import { connect, metrics, startGateway, statusChange } from '../../support/fixture.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('commands and their replies', () => {
  const commands = [
    {
      name: 'subscribe',
      sent: {
        type: 'subscribe',
        topic: 'bill:7',
        subscriptionId: 's1',
        data: { bill_id: 7 },
        messageId: 'm1',
      },
      reply: { type: 'subscribe_confirmation', data: { bill_id: 7 }, messageId: 'm1' },
    },
    {
      name: 'subscribe, in camelCase',
      sent: { type: 'subscribe', data: { billId: 7 }, messageId: 'm1' },
      reply: { type: 'subscribe_confirmation', data: { bill_id: 7 }, messageId: 'm1' },
    },
    {
      name: 'subscribe, with message_id and digits as the bill id',
      sent: { type: 'subscribe', subscription_id: 's1', data: { bill_id: '7' }, message_id: 'm1' },
      reply: { type: 'subscribe_confirmation', data: { bill_id: '7' }, messageId: 'm1' },
    },
    {
      name: 'subscribe to everything',
      sent: { type: 'subscribe', topic: '*', messageId: 'm1' },
      reply: { type: 'subscribe_confirmation', data: { topic: '*' }, messageId: 'm1' },
    },
    {
      name: 'unsubscribe',
      sent: { type: 'unsubscribe', topic: 'bill:7', data: { bill_id: 7 }, messageId: 'm2' },
      reply: { type: 'unsubscribe_confirmation', data: { bill_id: 7 }, messageId: 'm2' },
    },
    {
      name: 'batch_subscribe',
      sent: { type: 'batch_subscribe', data: { bill_ids: [1, 2, 3] }, messageId: 'm3' },
      reply: {
        type: 'batch_subscribe_confirmation',
        data: { bill_ids: [1, 2, 3] },
        messageId: 'm3',
      },
    },
    {
      name: 'batchSubscribe, in camelCase',
      sent: { type: 'batchSubscribe', data: { billIds: [1, 2] }, messageId: 'm3' },
      reply: { type: 'batch_subscribe_confirmation', data: { bill_ids: [1, 2] }, messageId: 'm3' },
    },
    {
      name: 'batch_unsubscribe',
      sent: { type: 'batch_unsubscribe', data: { bill_ids: [1] }, messageId: 'm4' },
      reply: { type: 'batch_unsubscribe_confirmation', data: { bill_ids: [1] }, messageId: 'm4' },
    },
    {
      name: 'ping',
      sent: { type: 'ping', messageId: 'm5' },
      reply: { type: 'pong', messageId: 'm5' },
    },
    {
      name: 'ping without an id',
      sent: { type: 'ping' },
      reply: { type: 'pong' },
    },
    {
      name: 'auth where no token is required',
      sent: { type: 'auth', data: { token: 'anything' }, messageId: 'm6' },
      reply: { type: 'auth_confirmation', data: { authenticated: true }, messageId: 'm6' },
    },
  ];

  it.each(commands)('$name', async ({ sent, reply }) => {
    const { url } = await startGateway();
    const client = await connect(url);
    client.send(sent);
    await client.until(() => client.received.length > 0);
    expect(client.received).toEqual([{ ...reply, timestamp: isoTime }]);
  });

  it('a binary frame that starts with { is the same JSON', async () => {
    const { url } = await startGateway();
    const client = await connect(url);
    client.socket.send(Buffer.from('{"type":"ping","messageId":"m"}'), { binary: true });
    expect(await client.find(() => true)).toEqual({
      type: 'pong',
      messageId: 'm',
      timestamp: isoTime,
    });
  });

  it('a batch is answered message by message, nested at most 4 deep', async () => {
    const { url } = await startGateway();
    const client = await connect(url);
    const nest = (depth: number, inner: unknown): unknown =>
      depth === 0 ? inner : { type: 'batch', messages: [nest(depth - 1, inner)] };
    client.send({
      type: 'batch',
      messages: [
        { type: 'ping', messageId: 'shallow' },
        nest(3, { type: 'ping', messageId: 'fourth level' }),
      ],
    });
    client.send(nest(5, { type: 'ping', messageId: 'fifth level' }));
    await client.until(() => client.received.length === 3);
    expect(client.received).toMatchObject([
      { type: 'pong', messageId: 'shallow' },
      { type: 'pong', messageId: 'fourth level' },
      {
        type: 'error',
        data: {
          error: 'batch: is inside 4 other batches; allowed: 4 levels',
          originalType: 'batch',
        },
      },
    ]);
  });
});

describe('delivery', () => {
  it('an update goes to the subscribers of its bill, as it was published', async () => {
    const { url, publish } = await startGateway();
    const [first, second] = [await connect(url), await connect(url)];
    await first.subscribe(1);
    await second.subscribe(2);
    expect(publish(statusChange(1, 'passed'))).toEqual({ published: 1, deliveredTo: 1 });
    await first.settled();
    await second.settled();
    expect(first.ofType('bill_update')).toEqual([statusChange(1, 'passed')]);
    expect(second.ofType('bill_update')).toEqual([]);
  });

  it('topic * receives everything, and each event once', async () => {
    const { url, publish } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1);
    await client.subscribe(1, { subscriptionId: 'another' });
    await client.request({ type: 'subscribe', topic: '*' });
    expect(publish([statusChange(1, 'a'), statusChange(2, 'b'), metrics(3, 10)])).toEqual({
      published: 3,
      deliveredTo: 1,
    });
    await client.settled();
    expect(client.received.filter((message) => 'bill_id' in message)).toEqual([
      statusChange(1, 'a'),
      statusChange(2, 'b'),
      metrics(3, 10),
    ]);
  });

  it('after unsubscribe nothing more arrives', async () => {
    const { url, publish } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1);
    await client.request({
      type: 'unsubscribe',
      topic: 'bill:1',
      subscriptionId: 's-1',
      data: { bill_id: 1 },
    });
    expect(publish(statusChange(1, 'passed')).deliveredTo).toBe(0);
  });

  it('two subscriptions to one bill end one by one', async () => {
    const { url, publish } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1, { subscriptionId: 'a' });
    await client.subscribe(1, { subscriptionId: 'b' });
    await client.request({ type: 'unsubscribe', subscriptionId: 'a', data: { bill_id: 1 } });
    expect(publish(statusChange(1, 'x')).deliveredTo).toBe(1);
    const wrong = await client.request({
      type: 'unsubscribe',
      subscriptionId: 'a',
      data: { bill_id: 1 },
    });
    expect(wrong.data.error).toMatch(
      /^unsubscribe: subscriptionId "a" is not subscribed to bill:1; allowed: /,
    );
    await client.request({ type: 'unsubscribe', data: { bill_id: 1 } });
    expect(publish(statusChange(1, 'y')).deliveredTo).toBe(0);
  });

  it('stats tell how often each bill was subscribed to and unsubscribed from', async () => {
    const { url, stats } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1);
    await client.subscribe(2);
    await client.request({ type: 'unsubscribe', data: { bill_id: 2 } });
    expect(stats()).toMatchObject({
      connections: 1,
      subscriptions: 1,
      received: { subscribe: 2, unsubscribe: 1 },
      bills: {
        1: { subscribers: 1, subscribes: 1, unsubscribes: 0 },
        2: { subscribers: 0, subscribes: 1, unsubscribes: 1 },
      },
    });
  });
});

describe('filters', () => {
  const cases = [
    { filters: { type: 'amendment' }, passes: ['amendment'] },
    { filters: { type: ['amendment', 'status_change'] }, passes: ['status_change', 'amendment'] },
    { filters: { chamber: 'House' }, passes: ['amendment'] },
    { filters: { new_status: 'passed' }, passes: ['status_change'] },
    { filters: { roll: '12' }, passes: ['voting_scheduled'] },
    { filters: { chamber: 'House', type: 'status_change' }, passes: [] },
    { filters: {}, passes: ['status_change', 'amendment', 'voting_scheduled'] },
  ];

  it.each(cases)('$filters lets $passes through', async ({ filters, passes }) => {
    const { url, publish } = await startGateway();
    const client = await connect(url);
    await client.subscribe(1, { filters });
    publish([
      {
        type: 'bill_update',
        bill_id: 1,
        update: { type: 'status_change', data: { newStatus: 'passed' } },
      },
      { type: 'billUpdate', billId: 1, update: { type: 'amendment', data: { chamber: 'House' } } },
      { type: 'bill_update', bill_id: 1, update: { type: 'voting_scheduled', data: { roll: 12 } } },
    ]);
    await client.settled();
    const updates = client.received.flatMap((message) =>
      message.update === undefined ? [] : [message.update.type],
    );
    expect(updates).toEqual(passes);
  });
});

describe('what cannot be obeyed is answered with one error that says what, where and what is allowed', () => {
  const id = 'a whole number from 0 to 9007199254740991, as a number or as digits';
  const cases: {
    sent: unknown;
    error: string | RegExp;
    originalType?: string | null;
    messageId?: string | null;
  }[] = [
    { sent: '{"type":', error: /^frame is not JSON: / },
    { sent: '', error: /^frame is not JSON: / },
    { sent: [1, 2], error: 'message is an array of 2; allowed: a JSON object with a type' },
    { sent: 'null', error: 'message is null; allowed: a JSON object with a type' },
    { sent: { messageId: 'm' }, error: 'type is missing; allowed: a text', messageId: 'm' },
    { sent: { type: 5 }, error: 'type is 5; allowed: a text' },
    {
      sent: { type: 'fly', messageId: 'm' },
      error: /^type "fly" is not known; allowed: subscribe, .*batch/,
      originalType: 'fly',
      messageId: 'm',
    },
    {
      sent: { type: 'constructor' },
      error: /^type "constructor" is not known/,
      originalType: 'constructor',
    },
    {
      sent: { type: 'bill_update', bill_id: 1 },
      error: /^type "bill_update" is not known/,
      originalType: 'bill_update',
    },
    {
      sent: { type: 'subscribe', data: { bill_id: 1 } },
      error: 'subscribe: messageId is missing; allowed: a text of 1 to 200 characters, or a number',
      originalType: 'subscribe',
    },
    {
      sent: { type: 'subscribe', messageId: 'm' },
      error: `subscribe: data.bill_id is missing; allowed: ${id}`,
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', topic: 'bill:4', messageId: 'm' },
      error: `subscribe: data.bill_id is missing; allowed: ${id}`,
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', data: { bill_id: 'four' }, messageId: 'm' },
      error: `subscribe: data.bill_id is "four"; allowed: ${id}`,
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', data: { bill_id: -1 }, messageId: 'm' },
      error: `subscribe: data.bill_id is -1; allowed: ${id}`,
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', topic: 'weather', data: { bill_id: 1 }, messageId: 'm' },
      error:
        'subscribe: topic is "weather"; allowed: bill:ID, discussion:ID, community:ID, expert:updates, moderation:events, user_notifications, or *',
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', topic: 'bill:2', data: { bill_id: 1 }, messageId: 'm' },
      error: 'subscribe: topic is "bill:2" but data.bill_id is 1; allowed: the same bill in both',
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', subscriptionId: {}, data: { bill_id: 1 }, messageId: 'm' },
      error: 'subscribe: subscriptionId is an object; allowed: a text of 1 to 200 characters',
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'subscribe', filters: 'x', data: { bill_id: 1 }, messageId: 'm' },
      error: 'subscribe: filters is "x"; allowed: an object of field names and values',
      originalType: 'subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'batch_subscribe', data: { bill_ids: [] }, messageId: 'm' },
      error:
        'batch_subscribe: data.bill_ids is an array of 0; allowed: an array of at least one bill id',
      originalType: 'batch_subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'batch_subscribe', data: { bill_ids: [1, null] }, messageId: 'm' },
      error: `batch_subscribe: data.bill_ids[1] is null; allowed: ${id}`,
      originalType: 'batch_subscribe',
      messageId: 'm',
    },
    {
      sent: { type: 'auth', data: {}, messageId: 'm' },
      error: 'auth: data.token is missing; allowed: a text',
      originalType: 'auth',
      messageId: 'm',
    },
    {
      sent: { type: 'batch', messages: Array.from({ length: 1001 }, () => 1) },
      error: 'batch: messages has 1001 entries; allowed: at most 1000',
      originalType: 'batch',
    },
    {
      sent: { type: 'batch' },
      error: 'batch: messages is missing; allowed: an array of messages',
      originalType: 'batch',
    },
  ];

  it.each(cases)('$sent', async ({ sent, error, originalType = null, messageId = null }) => {
    const { url } = await startGateway();
    const client = await connect(url);
    client.send(sent);
    await client.until(() => client.received.length > 0);
    const expected = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(client.received).toEqual([
      { type: 'error', data: { error: expected, originalType }, messageId, timestamp: isoTime },
    ]);
  });

  it('a binary frame that is not JSON text', async () => {
    const { url } = await startGateway();
    const client = await connect(url);
    client.socket.send(Buffer.from([1, 2, 3]));
    const { data } = await client.find(() => true);
    expect(data.error).toBe('frame is binary and does not start with {; allowed: one JSON object');
  });

  it('too many subscriptions: the batch that would exceed the limit changes nothing', async () => {
    const { url, stats } = await startGateway({ maximumSubscriptions: 3 });
    const client = await connect(url);
    await client.subscribe(1);
    const reply = await client.request({ type: 'batch_subscribe', data: { bill_ids: [2, 3, 4] } });
    expect(reply.data.error).toBe(
      'batch_subscribe: this connection has 1 subscriptions and 3 more were asked for; allowed: at most 3',
    );
    expect(stats().subscriptions).toBe(1);
    expect(await client.subscribe(1)).toMatchObject({ type: 'subscribe_confirmation' });
  });

  it('a frame over 1 MiB closes the connection with 1009', async () => {
    const { url } = await startGateway();
    const client = await connect(url);
    client.send('x'.repeat(1024 * 1024 + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });
});
