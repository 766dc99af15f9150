/** Dialect v2: the messages of pages. Each takes effect once and is acknowledged, or is refused for good. */

import { describe, expect, it } from 'vitest';
import {
  AppliedMessages,
  TooManyMessages,
} from '../../../../web-demo/gateway/bus/applied-messages.js';
import { greet, startGateway, type RunningGateway } from '../../support/fixture.js';
import { SlowBus } from '../../support/slow-bus.js';
import type { Message } from '../../support/test-client.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const comment = (text: string, messageId: string | number): Message => ({
  type: 'comment_update',
  messageId,
  data: { billId: 1, text },
});

const textsIn = (gateway: RunningGateway): unknown[] =>
  gateway.log
    .events('discussion:1')
    .flatMap(({ message }) => (message.type === 'comment_update' ? [message.data.text] : []));

describe('a message of a page', () => {
  it.each<[type: string, data: Message]>([
    ['comment_update', { billId: 1, text: 'x' }],
    ['vote_update', { billId: 1, voteType: 'support' }],
    ['mark_notification_read', { notification_id: 'n' }],
    ['clear_notification', { notification_id: 'n' }],
    ['clear_all_notifications', {}],
    ['get_preferences', {}],
    ['update_preferences', { preferences: { sound: true } }],
  ])('%s is acknowledged when it has taken effect', async (type, data) => {
    const client = await greet((await startGateway()).url);
    expect(await client.apply({ type, data, messageId: 'm' })).toEqual({
      type: 'ack',
      messageIds: ['m'],
      timestamp: isoTime,
    });
  });

  it.each(['typing_start', 'typing_stop'])('%s needs no id and is not', async (type) => {
    const client = await greet((await startGateway()).url);
    client.send({ type, data: { billId: 1 } });
    await client.settled();
    expect(client.received.map((message) => message.type)).toEqual(['welcome', 'pong']);
  });

  it('has taken effect before it is acknowledged: what it caused is there', async () => {
    const { url } = await startGateway();
    const client = await greet(url);
    await client.follow('discussion:1');
    await client.apply(comment('hello', 'm'));
    const types = client.messages.map(({ type }) => type as string);
    expect(types.indexOf('comment_update')).toBeLessThan(types.indexOf('ack'));
  });

  it('takes effect once, on whichever connection of the user it comes again', async () => {
    const gateway = await startGateway();
    const { url, stats } = gateway;
    for (const [client, token] of [
      ['engine', 'a'],
      ['engine', 'a'],
      ['another', 'a'],
      ['engine', 'b'],
    ]) {
      const page = await greet(`${url}?token=${token}`, { client });
      expect(await page.apply(comment(token as string, 'same'))).toMatchObject({ type: 'ack' });
    }
    expect(textsIn(gateway)).toEqual(['a', 'b']);
    expect(stats().acks).toEqual({ sent: 4, duplicates: 2, remembered: 2 });
  });

  it('of a guest takes effect once, as the client says that it is the same', async () => {
    const gateway = await startGateway();
    for (const client of ['engine-1', 'engine-1', 'engine-2'])
      await (await greet(gateway.url, { client })).apply(comment(client, 'same'));
    expect(textsIn(gateway)).toEqual(['engine-1', 'engine-2']);
  });

  it('of a guest that comes from a later visit takes effect once, as it says whose id it has', async () => {
    const gateway = await startGateway();
    const sent = comment('before the reload', 'same');
    await (await greet(gateway.url, { client: 'first' })).apply(sent);
    const later = await greet(gateway.url, { client: 'second' });
    await later.apply({ ...sent, client: 'first' });
    await later.apply(comment('its own', 'same'));
    expect(textsIn(gateway)).toEqual(['before the reload', 'its own']);

    // Also when the guest has shown who he is since.
    const user = await greet(`${gateway.url}?token=a`, { client: 'third' });
    await user.apply({ ...sent, client: 'first' });
    await user.apply(comment('the user’s', 'same'));
    expect(textsIn(gateway)).toEqual(['before the reload', 'its own', 'the user’s']);
  });

  it('of a visit that is gone makes no guest of it', async () => {
    const gateway = await startGateway();
    const page = await greet(gateway.url, { client: 'first' });
    for (const client of ['gone', 'gone, too']) await page.apply({ ...comment('x', 'm'), client });
    await (await greet(gateway.url, { client: 'second' })).apply(comment('x', 'm'));
    const names = gateway.log
      .events('discussion:1')
      .flatMap(({ message }) => message.user_name ?? []);
    expect(names).toEqual(['Guest 1', 'Guest 1', 'Guest 2']);
  });

  it.each([5, '', 'x'.repeat(201)])('of a client that is called %j is refused', async (client) => {
    const gateway = await startGateway();
    const page = await greet(gateway.url);
    expect(await page.apply({ ...comment('hello', 'm'), client })).toMatchObject({
      type: 'error',
      data: {
        error: expect.stringMatching(
          /^comment_update: client is .*; allowed: a text of 1 to 200 characters$/,
        ),
      },
    });
    expect(textsIn(gateway)).toEqual([]);
  });

  it('is remembered for ten minutes at least, not for ever', async () => {
    const clock = new VirtualClock();
    const gateway = await startGateway({ clock });
    const client = await greet(gateway.url);
    await client.apply(comment('first', 'm'));
    await clock.advance(10 * 60_000);
    await client.apply(comment('again', 'm'));
    expect(textsIn(gateway)).toEqual(['first']);
    await clock.advance(10 * 60_000);
    await client.apply(comment('later', 'm'));
    expect(textsIn(gateway)).toEqual(['first', 'later']);
  });

  it('without an id is refused', async () => {
    const gateway = await startGateway();
    const client = await greet(gateway.url);
    client.send({ type: 'vote_update', data: { billId: 1, voteType: 'support' } });
    expect((await client.find(({ type }) => type === 'error')).data.error).toBe(
      'vote_update: messageId is missing; allowed: a text of 1 to 200 characters, or a number',
    );
    expect(gateway.stats().published).toBe(0);
  });

  it('that cannot be obeyed is an error, each time it is sent', async () => {
    const client = await greet((await startGateway()).url);
    const faulty = {
      type: 'vote_update',
      messageId: 'm',
      data: { billId: 1, voteType: 'perhaps' },
    };
    for (let time = 0; time < 2; time += 1)
      expect(await client.apply(faulty)).toEqual({
        type: 'error',
        data: {
          error: 'vote_update: data.vote_type is "perhaps"; allowed: support, oppose, neutral',
          originalType: 'vote_update',
        },
        messageId: 'm',
        timestamp: isoTime,
      });
  });

  it('get_preferences is answered each time', async () => {
    const client = await greet((await startGateway()).url);
    for (let time = 0; time < 2; time += 1)
      await client.apply({ type: 'get_preferences', messageId: 'm' });
    expect(client.ofType('preferences_response')).toHaveLength(2);
  });
});

describe('a batch', () => {
  it('is acknowledged by one ack, and what cannot be obeyed by errors', async () => {
    const gateway = await startGateway();
    const client = await greet(gateway.url);
    client.send({
      type: 'batch',
      messageId: 'batch',
      messages: [
        comment('a', 'm1'),
        { type: 'fly', messageId: 'm2' },
        { type: 'batch', messages: [comment('b', 3)] },
        comment('again', 'm1'),
        comment('c', 'm4'),
      ],
    });
    await client.settled();
    const answers = client.received.filter(({ type }) => type === 'ack' || type === 'error');
    expect(answers).toMatchObject([
      { type: 'error', messageId: 'm2' },
      { type: 'ack', messageIds: ['m1', 3, 'm1', 'm4'] },
    ]);
    expect(textsIn(gateway)).toEqual(['a', 'b', 'c']);
  });
});

describe('with a bus that takes its time', () => {
  const LIMITS = { streamEvents: 100, streamBytes: 2 ** 20, streamMemoryBytes: 2 ** 20 };

  it('a message is acknowledged when it is stored; whoever sends it meanwhile waits for the same', async () => {
    const bus = new SlowBus(LIMITS);
    const gateway = await startGateway({ bus, maximumInFlight: 2 });
    const [first, second] = [
      await greet(`${gateway.url}?token=a`),
      await greet(`${gateway.url}?token=a`),
    ];
    const texts = Array.from({ length: 20 }, (_unused, index) => `t${index}`);
    for (const client of [first, second])
      for (const text of texts) client.send(comment(text, text));
    for (const client of [first, second])
      await client.until(() => {
        const acked = client.ofType('ack').flatMap(({ messageIds }) => messageIds as string[]);
        return new Set(acked).size === texts.length;
      });
    await bus.idle();
    expect(textsIn(gateway).sort()).toEqual([...texts].sort());
    expect(gateway.stats().acks.duplicates).toBe(texts.length);
  });

  it('a message that could not be stored is not acknowledged, and takes effect when it comes again', async () => {
    const bus = new SlowBus(LIMITS);
    const gateway = await startGateway({ bus });
    const client = await greet(`${gateway.url}?token=a`);
    bus.failure = new Error('the broker is gone');
    client.send(comment('x', 'm'));
    expect(await client.closed).toEqual({ code: 1011, reason: 'a message could not be stored' });
    expect(client.ofType('ack')).toEqual([]);
    expect(gateway.logLines.join('\n')).toContain(
      'an event could not be stored: the broker is gone',
    );
    bus.failure = null;
    const again = await greet(`${gateway.url}?token=a`);
    expect(await again.apply(comment('x', 'm'))).toMatchObject({ type: 'ack' });
    await bus.idle();
    expect(textsIn(gateway)).toEqual(['x']);
  });
});

describe('what is remembered of messages', () => {
  const nothing = (): null => null;

  it('is bounded per user and in all; whoever sends more is told when there is room', () => {
    const clock = new VirtualClock();
    const messages = new AppliedMessages(clock, { maximum: 5, maximumOfUser: 3 });
    for (const id of ['1', '2', '3']) messages.once('a', id, nothing);
    expect(() => messages.once('a', '4', nothing)).toThrow(TooManyMessages);
    messages.once('a', '3', nothing);
    for (const id of ['1', '2']) messages.once('b', id, nothing);
    expect(() => messages.once('c', '1', nothing)).toThrow(TooManyMessages);
    expect(messages.size).toBe(5);
  });

  it('makes room when the time is over', async () => {
    const clock = new VirtualClock();
    const messages = new AppliedMessages(clock, { maximum: 2 });
    messages.once('a', '1', nothing);
    await clock.advance(60_000);
    messages.once('a', '2', nothing);
    let retryAfterMs = 0;
    try {
      messages.once('a', '3', nothing);
    } catch (error) {
      ({ retryAfterMs } = error as TooManyMessages);
    }
    await clock.advance(retryAfterMs - 1);
    expect(() => messages.once('a', '3', nothing)).toThrow(TooManyMessages);
    await clock.advance(1);
    messages.once('a', '3', nothing);
    expect(messages.size).toBe(2);
  });

  it('does not hold what failed', () => {
    const messages = new AppliedMessages(new VirtualClock());
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => messages.once('a', '1', fail)).toThrow('no');
    let times = 0;
    messages.once('a', '1', () => {
      times += 1;
      return null;
    });
    expect([times, messages.duplicates]).toEqual([1, 0]);
  });
});
