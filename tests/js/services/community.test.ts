// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { CommunityService } from '../../../js/src/services/community.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';
import { comment, typing, vote } from '../support/records.js';

function setup(config = {}) {
  const { service, engine } = serviceOnFake(config);
  return { service, engine, model: engine.readModel, community: service.getCommunityService() };
}

describe('subscribing', () => {
  it('knows a discussion by its bill and by its key, and counts', async () => {
    const { community, engine } = setup();
    const id = community.subscribeToDiscussion(5);
    expect([
      community.subscribeToDiscussion('5'),
      community.subscribeToDiscussion('bill_5'),
    ]).toEqual([id, id]);
    expect(engine.topicsTold('subscribe')).toEqual(['discussion:5']);
    expect(community.getSubscribedDiscussions()).toEqual(['bill_5']);
    community.unsubscribeFromDiscussion(5);
    community.unsubscribeFromDiscussion('bill_5');
    expect(community.getSubscriptionCount()).toBe(1);
    community.unsubscribeFromDiscussion('5');
    community.unsubscribeFromDiscussion('5');
    await settle();
    expect([community.getSubscriptionCount(), community.getSubscribedDiscussions()]).toEqual([
      0,
      [],
    ]);
    expect(engine.told('unsubscribe')).toHaveLength(1);
    expect(() => community.subscribeToDiscussion('bill_x')).toThrow('whole number');
    expect(() => community.unsubscribeFromDiscussion('bill_x')).not.toThrow();
  });

  it('refuses one topic too many with an error that says what to do', () => {
    const { community } = setup({ community: { maxConcurrentSubscriptions: 2 } });
    community.subscribeToDiscussion(1);
    community.subscribeToExpertUpdates();
    expect(() => community.subscribeToModerationEvents()).toThrow(
      expect.objectContaining({
        code: 'too-many-subscriptions',
        message: expect.stringMatching(
          /moderation:events was not subscribed: 2 topics .*maxConcurrentSubscriptions is 2\..*raise/,
        ) as string,
        context: { topic: 'moderation:events', limit: 2, subscriptions: 2 },
      }),
    );
    expect(() => community.subscribeToDiscussion(1)).not.toThrow();
    community.unsubscribeFromExpertUpdates();
    community.subscribeToModerationEvents();
    expect(community.getStats()).toMatchObject({ subscriptions: 2, maxConcurrentSubscriptions: 2 });
  });

  it('works with a mock that can only subscribe', async () => {
    const manager = { subscribe: vi.fn(() => 'id'), unsubscribe: vi.fn() };
    const community = new CommunityService(manager);
    await community.initialize();
    community.subscribeToDiscussion(1);
    community.sendTypingIndicator(1);
    await community.sendVoteUpdate(1, {});
    community.handleMessage({ type: 'x' });
    expect(manager.subscribe).toHaveBeenCalledWith('discussion:1', expect.any(Function));
    expect([
      community.getTypingIndicators(1),
      community.getRecentComments(),
      community.getExpertActivity(),
      community.getPresence(1),
    ]).toEqual([[], [], [], null]);
    community.shutdown();
    expect(manager.unsubscribe).toHaveBeenCalledWith('id');
  });
});

describe('sending', () => {
  it('tells the engine of keystrokes, which knows when to tell others', () => {
    const { community, engine } = setup();
    community.sendTypingIndicator('7');
    community.sendTypingIndicator(7, 12);
    community.stopTypingIndicator(7, 'c1');
    expect([engine.told('startTyping'), engine.told('stopTyping')]).toEqual([
      [
        ['7', ''],
        ['7', '12'],
      ],
      [['7', 'c1']],
    ]);
    expect(() => community.sendTypingIndicator('x')).toThrow('whole number');
  });

  it('sends comments and votes as the protocol has them', async () => {
    const { community, engine } = setup();
    await community.sendCommentUpdate('7', { text: 'Yes', billId: 'else' });
    await community.sendVoteUpdate(7, { voteType: 'support' });
    const sent = engine.told('send').map(([text]) => JSON.parse(String(text)) as unknown);
    const timestamp = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(sent).toEqual([
      { type: 'comment_update', data: { billId: 7, text: 'Yes', timestamp } },
      { type: 'vote_update', data: { billId: 7, voteType: 'support', timestamp } },
    ]);
    await expect(community.sendCommentUpdate('x', {})).rejects.toThrow('whole number');
    void community.sendCommentUpdate('ignored rejections trouble nobody', {});
  });
});

describe('reading', () => {
  it('merges the subscribed discussions by arrival, newest first', () => {
    const { community, model } = setup();
    for (const bill of [1, 2]) community.subscribeToDiscussion(bill);
    model.setList('discussion:1', CellKind.comments, [comment(1, 1), comment(1, 4)]);
    model.setList('discussion:2', CellKind.comments, [comment(2, 2), comment(2, 3)]);
    model.setList('discussion:3', CellKind.comments, [comment(3, 9)]);
    model.setList('discussion:2', CellKind.votes, [vote(2, 5), vote(2, 6)]);
    const arrivals = (records: readonly { arrival: number }[]) => records.map((one) => one.arrival);
    expect(arrivals(community.getRecentComments())).toEqual([4, 3, 2, 1]);
    expect(arrivals(community.getRecentComments(2))).toEqual([4, 3]);
    expect(arrivals(community.getRecentComments(20, 'bill_3'))).toEqual([9]);
    expect(arrivals(community.getRecentVotes())).toEqual([6, 5]);
    expect([community.getRecentComments(0), community.getRecentComments(9, 'x')]).toEqual([[], []]);
    expect(community.getStats()).toMatchObject({ subscribedDiscussions: 2, comments: 4, votes: 2 });
  });

  it('reads a discussion of which only the community’s topic is subscribed', () => {
    const { community, model } = setup();
    model.setValue('community:1', CellKind.presence, { billId: 1, count: 4, timestamp: 1 });
    expect(community.getPresence(1)?.count).toBe(4);
    model.setValue('discussion:1', CellKind.presence, { billId: 1, count: 5, timestamp: 2 });
    expect(community.getPresence('bill_1')?.count).toBe(5);
  });

  it('tells who types, by comment', () => {
    const { community, model } = setup();
    community.subscribeToDiscussion(1);
    const [ann, bob] = [typing(1, 'ann'), typing(1, 'bob')];
    model.setValue('discussion:1', CellKind.typing, { root: [ann], '7': [bob] });
    expect(community.getTypingIndicators(1)).toEqual([ann]);
    expect(community.getTypingIndicators('1', 7)).toEqual([bob]);
    expect(community.getTypingIndicators(1, 'constructor')).toEqual([]);
    expect(community.getTypingIndicators(1, null)).toBe(community.getTypingIndicators(1));
    expect(community.getStats().typingUsers).toBe(2);
  });

  it('tells what happened, what experts and what moderators did', () => {
    const { community, model } = setup();
    community.subscribeToDiscussion(1);
    const base = { billId: 1, data: {}, timestamp: 1 };
    const joined = { ...base, type: 'expert_joined', discussionId: 1, arrival: 1 };
    const expert = { ...base, expertId: 'e', arrival: 2 };
    const moderated = { targetId: 'c', data: {}, timestamp: 1, arrival: 3 };
    model.setList('discussion:1', CellKind.activity, [joined]);
    model.setList('expert:updates', CellKind.activity, [expert]);
    model.setList('moderation:events', CellKind.activity, [moderated]);
    expect(community.getRecentActivity()).toEqual([joined]);
    expect(community.getExpertActivity()).toEqual([expert]);
    expect(community.getModerationEvents()).toEqual([moderated]);
  });

  it('hands messages it is given to the engine', () => {
    const { community, engine } = setup();
    community.handleMessage({ type: 'comment_update' });
    expect(engine.told('inject')).toEqual([['{"type":"comment_update"}']]);
  });
});
