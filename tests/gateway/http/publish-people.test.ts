/** POST /publish for everything that is not about a bill itself. */

import { describe, expect, it } from 'vitest';
import { connect, postJson, startGateway } from '../support/fixture.js';
import type { Message } from '../support/test-client.js';

const complete: [topic: string, message: Message][] = [
  ['discussion:5', { type: 'comment_update', bill_id: 5, comment_id: 1, data: { text: 'x' } }],
  ['community:5', { type: 'commentUpdate', billId: '5', action: 'deleted', commentId: 'a' }],
  ['discussion:5', { type: 'comment_update', data: { bill_id: 5, user_id: 3, parent_id: 2 } }],
  ['discussion:5', { type: 'vote_update', bill_id: 5, user_id: 'u', vote_type: 'oppose' }],
  ['discussion:5', { type: 'typing_indicator', bill_id: 5, user_id: 'u' }],
  ['discussion:5', { type: 'typingIndicator', billId: 5, userId: 9, parentId: 3, isTyping: false }],
  ['discussion:5', { type: 'presence_update', bill_id: 5, count: 0 }],
  ['discussion:5', { type: 'community_update', bill_id: 5, data: { type: 'trending_topic' } }],
  [
    'community:climate',
    {
      type: 'communityUpdate',
      discussionId: 'climate',
      update: { type: 'newDiscussion', data: {} },
    },
  ],
  ['discussion:7', { type: 'community_update', discussion_id: 7, update_type: 'expert_joined' }],
  ['expert:updates', { type: 'expert_activity', expert_id: 1, bill_id: 5, data: { action: 'x' } }],
  ['expert:updates', { type: 'expertActivity', expertId: 'e', topic: 'expert:updates' }],
  ['moderation:events', { type: 'moderation_event', target_id: 'c-1', data: { reason: 'r' } }],
  [
    'user_notifications',
    {
      type: 'notification',
      notification: { id: 1, title: 'T', message: 'M', priority: 'critical' },
    },
  ],
  [
    'user_notifications',
    { type: 'notification', id: 'n', title: 'T', message: 'M', priority: 'low' },
  ],
  ['user_notifications', { type: 'notification_read', notification_id: 'n' }],
  ['user_notifications', { type: 'notificationClear', clearAll: true }],
];

describe('every type a server sends is accepted', () => {
  it.each(complete)('to %s: %j', async (topic, message) => {
    const { url, httpUrl } = await startGateway();
    const [follower, everything] = [await connect(url), await connect(url)];
    await follower.open(topic);
    await everything.open('*');
    expect(await postJson(`${httpUrl}/publish`, message)).toEqual({
      status: 200,
      body: { published: 1, deliveredTo: 2 },
    });
    for (const client of [follower, everything]) {
      await client.settled();
      expect(client.ofType(message.type as string).at(-1)).toMatchObject({
        ...message,
        timestamp: expect.any(String),
      });
    }
  });

  it('several in one batch', async () => {
    const { publish } = await startGateway();
    const batch = { type: 'batch', messages: complete.map(([, message]) => message) };
    expect(publish(batch).published).toBe(complete.length);
  });
});

const id = 'a text of 1 to 128 bytes, or a whole number';
const bill = 'a whole number from 0 to 9007199254740991, as a number or as digits';
const kinds =
  'new_discussion, comment_added, expert_joined, consensus_change, moderation_action, trending_topic';
const note = { title: 'T', message: 'M' };

const faulty: [message: Message, error: string][] = [
  [{ type: 'comment_update' }, `message.bill_id is missing; allowed: ${bill}`],
  [{ type: 'comment_update', bill_id: 'five' }, `message.bill_id is "five"; allowed: ${bill}`],
  [{ type: 'comment_update', bill_id: 5, data: 'x' }, 'message.data is "x"; allowed: an object'],
  [
    { type: 'comment_update', bill_id: 5, comment_id: {} },
    `message.comment_id is an object; allowed: ${id}`,
  ],
  [
    { type: 'comment_update', bill_id: 5, action: 'sung' },
    'message.action is "sung"; allowed: created, updated, deleted',
  ],
  [
    { type: 'comment_update', bill_id: 5, action: 'deleted' },
    `message.comment_id is missing; allowed: ${id}, as action is deleted`,
  ],
  [
    { type: 'comment_update', bill_id: 5, topic: 'bill:5' },
    'message.topic is "bill:5"; allowed: discussion:5, community:5, or no topic',
  ],
  [
    { type: 'vote_update', bill_id: 5, vote_type: 'support' },
    `message.user_id is missing; allowed: ${id}`,
  ],
  [
    { type: 'vote_update', bill_id: 5, user_id: 1, vote_type: 'maybe' },
    'message.vote_type is "maybe"; allowed: support, oppose, neutral',
  ],
  [{ type: 'typing_indicator', bill_id: 5 }, `message.user_id is missing; allowed: ${id}`],
  [
    { type: 'typing_indicator', bill_id: 5, user_id: 1, is_typing: 'yes' },
    'message.is_typing is "yes"; allowed: true or false',
  ],
  [
    { type: 'presence_update', bill_id: 5, count: -1 },
    'message.count is -1; allowed: a whole number of at least 0',
  ],
  [{ type: 'community_update', bill_id: 5 }, `message.update.type is missing; allowed: ${kinds}`],
  [
    { type: 'community_update', bill_id: 5, update: { type: 'party' } },
    `message.update.type is "party"; allowed: ${kinds}`,
  ],
  [{ type: 'community_update', bill_id: 5, update: 7 }, 'message.update is 7; allowed: an object'],
  [
    { type: 'community_update', update_type: 'expert_joined' },
    'message.bill_id is missing; allowed: a bill_id or a discussion_id',
  ],
  [{ type: 'expert_activity', bill_id: 5 }, `message.expert_id is missing; allowed: ${id}`],
  [{ type: 'moderation_event' }, `message.target_id is missing; allowed: ${id}`],
  [
    { type: 'moderation_event', target_id: 1, topic: 'discussion:1' },
    'message.topic is "discussion:1"; allowed: moderation:events, or no topic',
  ],
  [
    { type: 'notification', message: 'M' },
    'message.title is missing; allowed: a text of 1 to 200 characters',
  ],
  [
    { type: 'notification', title: 'T', message: '' },
    'message.message is ""; allowed: a text of 1 to 4000 characters',
  ],
  [{ type: 'notification', notification: 'x' }, 'message.notification is "x"; allowed: an object'],
  [
    { type: 'notification', notification: { title: 'T' } },
    'message.notification.message is missing; allowed: a text of 1 to 4000 characters',
  ],
  [
    { type: 'notification', notification: { ...note, priority: 'urgent' } },
    'message.notification.priority is "urgent"; allowed: low, normal, medium, high, critical',
  ],
  [{ type: 'notification', ...note, id: [] }, `message.id is an array of 0; allowed: ${id}`],
  [{ type: 'notification', ...note, user_id: 1.5 }, `message.user_id is 1.5; allowed: ${id}`],
  [
    { type: 'notification', ...note, expires_at: 'never' },
    'message.expires_at is "never"; allowed: an ISO 8601 text or milliseconds since 1970',
  ],
  [
    { type: 'notification_read' },
    `message.notification_id is missing; allowed: ${id}, or clear_all: true`,
  ],
  [{ type: 'notification_clear', clear_all: 'yes' }, 'message.clear_all is "yes"; allowed: true'],
  [
    { type: 'moderation_event', target_id: 1, timestamp: 'noon' },
    'message.timestamp is "noon"; allowed: an ISO 8601 text or milliseconds since 1970',
  ],
];

describe('what is faulty is refused with one sentence', () => {
  it.each(faulty)('%j', async (message, error) => {
    const { httpUrl, stats } = await startGateway();
    expect(await postJson(`${httpUrl}/publish`, message)).toEqual({ status: 400, body: { error } });
    expect(stats().published).toBe(0);
  });
});
