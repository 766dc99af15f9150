/** What cannot be obeyed of what a page tells about its user: one error each, and nothing happens. */

import { describe, expect, it } from 'vitest';
import { connect, startGateway } from '../../support/fixture.js';
import type { Message } from '../../support/test-client.js';

const bill = 'a whole number from 0 to 9007199254740991, as a number or as digits';
const id = 'a text of 1 to 128 bytes, or a whole number';
const name = 'a text of 1 to 64 characters';
const topics =
  'bill:ID, discussion:ID, community:ID, expert:updates, moderation:events, user_notifications, or *';

/** Commands that name a bill share their rules. */
const ofBills: [type: string, data: Message][] = [
  ['typing_start', { billId: 1 }],
  ['typing_stop', { billId: 1 }],
  ['comment_update', { billId: 1, text: 'x' }],
  ['vote_update', { billId: 1, voteType: 'support' }],
];

const cases: [sent: Message, error: string | RegExp][] = [
  ...ofBills.flatMap(([type, data]): [Message, string][] => [
    [{ type }, `${type}: data is missing; allowed: an object`],
    [{ type, data: 'x' }, `${type}: data is "x"; allowed: an object`],
    [{ type, data: [1] }, `${type}: data is an array of 1; allowed: an object`],
    [
      { type, data: { ...data, billId: undefined } },
      `${type}: data.bill_id is missing; allowed: ${bill}`,
    ],
    [{ type, data: { ...data, billId: 'x' } }, `${type}: data.bill_id is "x"; allowed: ${bill}`],
    [{ type, data: { ...data, bill_id: 1.5 } }, `${type}: data.bill_id is 1.5; allowed: ${bill}`],
    [
      { type, data: { ...data, parentId: {} } },
      `${type}: data.parent_id is an object; allowed: ${id}`,
    ],
    [{ type, data: { ...data, parentId: '' } }, `${type}: data.parent_id is ""; allowed: ${id}`],
    [
      { type, data: { ...data, parent_id: 'ü'.repeat(65) } },
      `${type}: data.parent_id is "${'ü'.repeat(59)}…; allowed: ${id}`,
    ],
    [{ type, data: { ...data, userName: 5 } }, `${type}: data.user_name is 5; allowed: ${name}`],
    [
      { type, data: { ...data, userName: ' ' } },
      `${type}: data.user_name is " "; allowed: ${name}`,
    ],
    [
      { type, data: { ...data, user_name: 'a\nb' } },
      `${type}: data.user_name is "a\\nb"; allowed: ${name}`,
    ],
    [
      { type, data: { ...data, user_name: 'x'.repeat(65) } },
      `${type}: data.user_name is "${'x'.repeat(59)}…; allowed: ${name}`,
    ],
  ]),
  [
    { type: 'comment_update', data: { billId: 1, action: 'shouted' } },
    'comment_update: data.action is "shouted"; allowed: created, updated, deleted',
  ],
  [
    { type: 'comment_update', data: { billId: 1, action: 'updated', text: 'x' } },
    `comment_update: data.comment_id is missing; allowed: ${id}, as action is updated`,
  ],
  [
    { type: 'comment_update', data: { billId: 1, action: 'deleted', commentId: [] } },
    `comment_update: data.comment_id is an array of 0; allowed: ${id}`,
  ],
  [
    { type: 'comment_update', data: { billId: 1, text: 7 } },
    'comment_update: data.text is 7; allowed: a text',
  ],
  [
    { type: 'comment_update', data: { billId: 1, content: {} } },
    'comment_update: data.content is an object; allowed: a text',
  ],
  [
    { type: 'comment_update', data: { billId: 1, text: 'x'.repeat(9000) } },
    'comment_update: data is 9011 characters of JSON; allowed: at most 8192',
  ],
  [
    { type: 'vote_update', data: { billId: 1 } },
    'vote_update: data.vote_type is missing; allowed: support, oppose, neutral',
  ],
  [
    { type: 'vote_update', data: { billId: 1, voteType: 'yes' } },
    'vote_update: data.vote_type is "yes"; allowed: support, oppose, neutral',
  ],
  ...['mark_notification_read', 'clear_notification'].flatMap((type): [Message, string][] => [
    [{ type }, `${type}: data is missing; allowed: an object`],
    [{ type, data: {} }, `${type}: data.notification_id is missing; allowed: ${id}`],
    [
      { type, data: { notificationId: true } },
      `${type}: data.notification_id is true; allowed: ${id}`,
    ],
  ]),
  [
    { type: 'clear_all_notifications', data: 5 },
    'clear_all_notifications: data is 5; allowed: an object',
  ],
  [{ type: 'update_preferences' }, 'update_preferences: data is missing; allowed: an object'],
  [
    { type: 'update_preferences', data: { preferences: ['x'] } },
    'update_preferences: data.preferences is an array of 1; allowed: an object',
  ],
  [
    { type: 'update_preferences', data: { preferences: { x: 'x'.repeat(8192) } } },
    'update_preferences: data.preferences is 8200 characters of JSON; allowed: at most 8192',
  ],
  ...[
    'discussion:',
    'community',
    'expert:',
    'expert:other',
    'moderation',
    'user_notification',
    '',
  ].map((topic): [Message, string] => [
    { type: 'subscribe', topic },
    `subscribe: topic is ${JSON.stringify(topic)}; allowed: ${topics}`,
  ]),
  [
    { type: 'subscribe', topic: `discussion:${'x'.repeat(129)}` },
    /^subscribe: topic is "discussion:x+…; allowed: /,
  ],
  [
    { type: 'subscribe', topic: 'discussion:5', data: { bill_id: 6 } },
    'subscribe: topic is "discussion:5" but data.bill_id is 6; allowed: the same bill in both',
  ],
];

describe('what cannot be obeyed is answered with one error, and tells nobody else anything', () => {
  it.each(cases)('%j', async (sent, error) => {
    const { url, stats } = await startGateway();
    const client = await connect(url);
    const reply = await client.request(sent);
    expect(reply).toEqual({
      type: 'error',
      data: {
        error: typeof error === 'string' ? error : expect.stringMatching(error),
        originalType: sent.type,
      },
      messageId: 'request-1',
      timestamp: expect.any(String),
    });
    expect(stats()).toMatchObject({ published: 0, subscriptions: 0, errorsSent: 1 });
  });

  it('data nested without end', async () => {
    const { url, stats } = await startGateway();
    const client = await connect(url);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    client.send(`{"type":"comment_update","messageId":"m","data":{"billId":1,"x":${deep}}}`);
    const { data } = await client.find(({ type }) => type === 'error');
    expect(data.error).toBe('comment_update: data is nested too deeply; allowed: at most 8192');
    expect(stats().published).toBe(0);
  });
});

describe('topics of people', () => {
  it.each([
    ['discussion:5', { topic: 'discussion:5', bill_id: 5 }],
    ['community:climate', { topic: 'community:climate' }],
    ['user_notifications', { topic: 'user_notifications' }],
  ])(
    '%s is confirmed, without data.bill_id, to a user who learns who they are',
    async (topic, data) => {
      const { url } = await startGateway();
      const client = await connect(url);
      client.send({ type: 'subscribe', topic });
      expect(await client.find(({ type }) => type === 'subscribe_confirmation')).toEqual({
        type: 'subscribe_confirmation',
        data: { ...data, user_id: 'guest-1', user_name: 'Guest 1' },
        messageId: null,
        timestamp: expect.any(String),
      });
      expect(await client.request({ type: 'unsubscribe', topic })).toMatchObject({
        type: 'unsubscribe_confirmation',
        data,
      });
    },
  );

  it.each(['expert:updates', 'moderation:events'])('%s is confirmed', async (topic) => {
    const { url } = await startGateway();
    const client = await connect(url);
    expect(await client.open(topic)).toMatchObject({
      type: 'subscribe_confirmation',
      data: { topic },
    });
  });
});
