import { describe, expect, it } from 'vitest';
import { connect, metrics, startGateway, type RunningGateway } from '../support/fixture.js';
import type { Message, TestClient } from '../support/test-client.js';

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const say = (text: string, more: Message = {}): Message => ({
  type: 'comment_update',
  data: { billId: 5, text, ...more },
});

async function visitor({ url }: RunningGateway, topic = 'discussion:5'): Promise<TestClient> {
  const client = await connect(url);
  await client.open(topic);
  return client;
}

async function comments(client: TestClient): Promise<Message[]> {
  await client.settled();
  return client.ofType('comment_update');
}

describe('a comment', () => {
  it('reaches everyone in the discussion, the writer too, with an id of the gateway', async () => {
    const gateway = await startGateway();
    const [writer, reader] = [await visitor(gateway), await visitor(gateway, 'community:5')];
    writer.send(
      say('Good.', { parent_id: 'c-0', userName: 'Ada', mood: 'calm', comment_id: 'mine' }),
    );
    await writer.settled();
    const expected = {
      type: 'comment_update',
      comment_id: 'c-1',
      bill_id: 5,
      parent_id: 'c-0',
      user_id: 'guest-1',
      user_name: 'Ada',
      action: 'created',
      data: { text: 'Good.', mood: 'calm' },
      timestamp: isoTime,
    };
    expect(await comments(writer)).toEqual([expected]);
    expect(await comments(reader)).toEqual([expected]);
  });

  it('counts on from the newest counts, also from those that came as an update', async () => {
    const gateway = await startGateway();
    gateway.publish(metrics(5, 70));
    gateway.publish({
      type: 'bill_update',
      bill_id: 5,
      update: { type: 'engagement_change', data: { viewCount: 90, commentCount: 3 } },
    });
    const [writer, follower] = [await visitor(gateway), await connect(gateway.url)];
    await follower.subscribe(5);
    writer.send(say('Good.'));
    await writer.settled();
    await follower.settled();
    const newest = follower.ofType('engagement_metrics').at(-1);
    expect(newest?.['metrics']).toMatchObject({ view_count: 90 });
  });

  it('is also news of its bill, and one more in its metrics', async () => {
    const gateway = await startGateway();
    gateway.publish(metrics(5, 70));
    const [writer, follower] = [await visitor(gateway), await connect(gateway.url)];
    await follower.subscribe(5);
    writer.send(say('Good.'));
    await writer.settled();
    await follower.settled();
    expect(follower.ofType('bill_update')).toEqual([
      {
        type: 'bill_update',
        bill_id: 5,
        update: {
          type: 'new_comment',
          data: {
            commentId: 'c-1',
            author: 'Guest 1',
            userId: 'guest-1',
            text: 'Good.',
            commentCount: 3,
          },
        },
        timestamp: isoTime,
      },
    ]);
    expect(follower.ofType('engagement_metrics').at(-1)).toEqual({
      type: 'engagement_metrics',
      bill_id: 5,
      metrics: { view_count: 70, save_count: 1, comment_count: 3, share_count: 3 },
      timestamp: isoTime,
    });
  });

  it('can be changed and taken back by its author', async () => {
    const gateway = await startGateway();
    const [writer, reader] = [await visitor(gateway), await visitor(gateway)];
    for (const text of ['one', 'two']) writer.send(say(text, { extra: 1 }));
    writer.send(say('one, better', { action: 'updated', commentId: 'c-1' }));
    writer.send({
      type: 'comment_update',
      data: { billId: 5, action: 'deleted', comment_id: 'c-2' },
    });
    await writer.settled();
    expect((await comments(reader)).slice(2)).toMatchObject([
      { comment_id: 'c-1', action: 'updated', data: { text: 'one, better' } },
      { comment_id: 'c-2', action: 'deleted', data: {} },
    ]);
    const late = await visitor(gateway);
    expect(await comments(late)).toMatchObject([
      {
        comment_id: 'c-1',
        action: 'created',
        history: true,
        data: { text: 'one, better', extra: 1, edited: true },
      },
    ]);
    await late.subscribe(5);
    await late.settled();
    expect(late.ofType('engagement_metrics').at(-1)?.metrics.comment_count).toBe(1);
  });

  it.each([
    ['of another user', { action: 'updated', comment_id: 'c-1' }, '"c-1", of another user'],
    [
      'that is not kept',
      { action: 'deleted', comment_id: 'c-7' },
      '"c-7", no comment of this bill that is kept',
    ],
  ])('%s cannot be changed', async (_name, which, error) => {
    const gateway = await startGateway();
    const [writer, other] = [await visitor(gateway), await visitor(gateway)];
    writer.send(say('mine'));
    await writer.settled();
    const reply = await other.request(say('hers', which));
    expect(reply.data.error).toBe(
      `comment_update: data.comment_id is ${error}; allowed: a comment of your own`,
    );
    expect(await comments(writer)).toHaveLength(1);
  });

  it('can be changed by its author however many came after it', async () => {
    const gateway = await startGateway({ historySize: 5 });
    const writer = await visitor(gateway);
    for (let n = 0; n < 150; n += 1) writer.send(say(`comment ${n}`));
    writer.send(say('changed', { action: 'updated', comment_id: 'c-1' }));
    const changed = await writer.find(({ action }) => action === 'updated');
    expect(changed).toMatchObject({ comment_id: 'c-1', data: { text: 'changed' } });
    expect(writer.ofType('error')).toEqual([]);
  });

  it('cannot speak for others: who it is from, counts and marks are the word of the gateway', async () => {
    const gateway = await startGateway();
    const writer = await visitor(gateway);
    writer.send(
      say('x', {
        userId: 'guest-9',
        history: true,
        simulated: true,
        timestamp: 0,
        action: 'created',
      }),
    );
    expect(await comments(writer)).toEqual([
      expect.objectContaining({ user_id: 'guest-1', data: { text: 'x' }, timestamp: isoTime }),
    ]);
  });
});

describe('the history of a discussion', () => {
  it('is the newest comments, oldest first, after the confirmation', async () => {
    const gateway = await startGateway({ historySize: 2 });
    const writer = await visitor(gateway);
    for (const text of ['a', 'b', 'c']) writer.send(say(text));
    await writer.settled();
    const late = await connect(gateway.url);
    expect(await late.open('discussion:5')).toEqual({
      type: 'subscribe_confirmation',
      data: { topic: 'discussion:5', bill_id: 5, user_id: 'guest-2', user_name: 'Guest 2' },
      messageId: 'request-1',
      timestamp: isoTime,
    });
    expect((await comments(late)).map(({ data, history }) => [data.text, history])).toEqual([
      ['b', true],
      ['c', true],
    ]);
    expect(late.received[0]?.type).toBe('subscribe_confirmation');
  });

  it('is not sent when switched off', async () => {
    const gateway = await startGateway({ historySize: 0 });
    const writer = await visitor(gateway);
    writer.send(say('a'));
    await writer.settled();
    expect(await comments(await visitor(gateway))).toEqual([]);
  });

  it('holds what was published over HTTP, and passes the filters', async () => {
    const gateway = await startGateway();
    gateway.publish([
      { type: 'comment_update', commentId: 8, billId: '5', userId: 3, data: { tone: 'calm' } },
      { type: 'comment_update', comment_id: 9, bill_id: 5, data: { tone: 'loud' } },
    ]);
    const late = await connect(gateway.url);
    await late.open('discussion:5', { filters: { tone: 'calm' } });
    expect(await comments(late)).toMatchObject([{ commentId: 8, history: true }]);
  });
});
