// @vitest-environment node
// The services on the real engine: what the engine's records and commands come to.
import { beforeEach, describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import type { RealTimeConfigInput, RealTimeHandlers } from '../../../js/src/types.js';
import { createFakeServer, type FakeServer } from '../../../js/src/testing.js';

let server: FakeServer;

async function connect(config: RealTimeConfigInput = {}): Promise<void> {
  server = createFakeServer({ config });
  await server.service.initialize('test-token');
}

beforeEach(() => connect());

const alert = { type: 'notification', id: 1, title: 'Vote', message: 'Now', priority: 'critical' };

describe('the community', () => {
  it('keeps comments, votes, presence and activity of its discussions', () => {
    const community = server.service.getCommunityService();
    community.subscribeToDiscussion(1);
    community.subscribeToDiscussion(2);
    community.subscribeToExpertUpdates();
    community.subscribeToModerationEvents();
    server.deliver({
      type: 'comment_update',
      bill_id: 1,
      comment_id: 'a',
      data: { text: 'first' },
    });
    server.deliver({ type: 'commentUpdate', billId: 2, commentId: 'b', action: 'deleted' });
    server.deliver({ type: 'vote_update', bill_id: 1, user_id: 'u', vote_type: 'support' });
    server.deliver({ type: 'presence_update', bill_id: 1, count: 12 });
    server.deliver({ type: 'expert_activity', expert_id: 'e', data: { topic: 'tax' } });
    server.deliver({ type: 'moderation_event', target_id: 'c' });
    server.deliver({ type: 'community_update', bill_id: 1, data: { type: 'expert_joined' } });
    expect(community.getRecentComments()).toMatchObject([
      { commentId: 'b', billId: 2, action: 'deleted' },
      { commentId: 'a', billId: 1, action: 'created', data: { text: 'first' } },
    ]);
    expect(community.getRecentVotes()).toMatchObject([
      { billId: 1, userId: 'u', voteType: 'support' },
    ]);
    expect(community.getPresence(1)).toMatchObject({ billId: 1, count: 12 });
    expect(community.getExpertActivity()).toMatchObject([
      { expertId: 'e', data: { topic: 'tax' } },
    ]);
    expect(community.getModerationEvents()).toMatchObject([{ targetId: 'c' }]);
    expect(community.getRecentActivity()).toHaveLength(1);
    expect(community.getStats()).toMatchObject({ subscribedDiscussions: 2, comments: 2, votes: 1 });
  });

  it('tells the figures of the engine itself', async () => {
    const { service } = server;
    service.subscribe({ type: 'bill', id: 1 });
    server.deliver({
      type: 'bill_update',
      bill_id: 1,
      update: { type: 'status_change', data: {} },
    });
    const { topics, memory, traffic } = await service.refreshStats();
    expect(topics['bill:1']).toMatchObject({ messages: 1, conflated: 0, gaps: 0 });
    expect(topics['bill:1']?.bytes).toBeGreaterThan(50);
    expect(topics['bill:1']?.cacheBytes).toBeLessThanOrEqual(memory.cacheBytes);
    expect(memory.engineBytes).toBeGreaterThan(memory.cacheBytes);
    expect(memory.pageBytes).toBeGreaterThan(0);
    expect(traffic.received.messages).toBeGreaterThan(0);
  });

  it('reads what came for a community that was subscribed at the service', () => {
    server.service.subscribe({ type: 'community', id: 5 });
    server.deliver({ type: 'comment_update', bill_id: 5, comment_id: 'a' });
    expect(server.service.getCommunityService().getRecentComments(5, 5)).toHaveLength(1);
  });

  it('ignores presence when it is switched off', async () => {
    await connect({ community: { enablePresence: false } });
    const community = server.service.getCommunityService();
    community.subscribeToDiscussion(1);
    server.deliver({ type: 'presence_update', bill_id: 1, count: 12 });
    expect(community.getPresence(1)).toBeNull();
  });

  it('keeps as many comments as the configuration says', async () => {
    await connect({ limits: { comments: 2 } });
    const community = server.service.getCommunityService();
    community.subscribeToDiscussion(1);
    for (const id of ['a', 'b', 'c']) {
      server.deliver({ type: 'comment_update', bill_id: 1, comment_id: id });
    }
    expect(community.getRecentComments().map(({ commentId }) => commentId)).toEqual(['c', 'b']);
  });
});

describe('notifications', () => {
  it('keep their read state, one per id, newest first', () => {
    const notifications = server.service.getNotificationService();
    notifications.subscribeToNotifications();
    server.deliver(alert);
    server.deliver({
      type: 'notification',
      notification: { id: 'b', type: 'system_alert', title: 'Down' },
    });
    expect(notifications.getAllNotifications()).toMatchObject([
      { id: 'b', type: 'system_alert', priority: 'normal', read: false },
      { id: '1', priority: 'critical' },
    ]);
    expect(notifications.getUnreadCount()).toBe(2);
    expect(notifications.markAsRead(1)).toBe(true);
    expect(notifications.getUnreadCount()).toBe(1);
    expect(notifications.getNotification('1')?.read).toBe(true);
    const [newest] = notifications.getAllNotifications();
    server.deliver({ type: 'notification_read', notification_id: 'b' });
    expect(notifications.getUnreadCount()).toBe(0);
    expect(notifications.getAllNotifications()[0]).not.toBe(newest);
    expect(notifications.getStats()).toMatchObject({
      totalNotifications: 2,
      notificationsByType: { system_alert: 1 },
      notificationsByPriority: { normal: 1, critical: 1 },
    });
    expect(notifications.clearReadNotifications()).toBe(2);
    server.deliver(alert);
    expect(notifications.removeNotification('1')).toBe(true);
    server.deliver({ ...alert, id: 2 });
    notifications.clearAllNotifications();
    expect([notifications.getAllNotifications(), notifications.getUnreadCount()]).toEqual([[], 0]);
  });

  it('expire', async () => {
    const notifications = server.service.getNotificationService();
    notifications.subscribeToNotifications();
    server.deliver({ ...alert, expires_at: server.now + 1000 });
    expect(notifications.getUnreadCount()).toBe(1);
    await server.advance(1100);
    expect([notifications.getUnreadCount(), notifications.getAllNotifications()]).toEqual([0, []]);
  });

  it('come back from an earlier visit, without an event', async () => {
    const notifications = server.service.getNotificationService();
    const onNotification = vi.fn();
    server.service.setHandlers({ onNotification });
    notifications.subscribeToNotifications();
    server.deliver(alert);
    const kept = notifications.getAllNotifications();
    await connect();
    server.service.setHandlers({ onNotification });
    const again = server.service.getNotificationService();
    again.subscribeToNotifications();
    server.deliver({ ...alert, id: 9 });
    server.manager.command('restoreNotifications', JSON.stringify([...kept, ...kept]));
    await server.advance(0);
    expect(again.getAllNotifications().map(({ id, title }) => [id, title])).toEqual([
      ['9', 'Vote'],
      ['1', 'Vote'],
    ]);
    expect(again.getUnreadCount()).toBe(2);
    expect(onNotification).toHaveBeenCalledTimes(2);
  });
});

describe('engagement analytics', () => {
  it('are computed while they are wanted', async () => {
    const engagement = server.service.getEngagementService();
    server.service.getBillTrackingService().subscribeToBill(1);
    const counts = { view_count: 0, save_count: 0, comment_count: 0, share_count: 0 };
    const end = engagement.subscribeToAnalytics();
    server.deliver({ type: 'engagement_metrics', bill_id: 1, metrics: counts });
    await server.advance(1000);
    server.deliver({
      type: 'engagement_metrics',
      bill_id: 1,
      metrics: { ...counts, view_count: 30 },
    });
    await server.advance(1000);
    const views = engagement.getAnalytics(1)?.windows['1m'].views;
    expect(views).toMatchObject({ total: 30, perMinute: 30 });
    expect(views?.trend).toBeGreaterThan(0);
    expect(engagement.getMovers()).toMatchObject([{ billId: 1 }]);
    expect(server.sent.some(({ topic }) => topic === 'local:engagement')).toBe(false);
    end();
    await server.advance(5000);
    expect(engagement.getMovers()).toEqual([]);
  });
});

describe('events', () => {
  it('reach every handler as the record that can be read, in the order in which they came', async () => {
    const heard: string[] = [];
    const note = (name: string) => (payload: unknown) => {
      heard.push(`${name} ${JSON.stringify(payload)}`);
    };
    const handlers: RealTimeHandlers = {};
    for (const name of [
      'onBillUpdate',
      'onEngagementUpdate',
      'onCommunityUpdate',
      'onCommentUpdate',
      'onVoteUpdate',
      'onTypingIndicator',
      'onExpertActivity',
      'onModerationEvent',
      'onNotification',
    ] as const) {
      handlers[name] = note(name);
    }
    server.service.setHandlers(handlers);
    server.service.getBillTrackingService().subscribeToBill(1);
    server.service.getNotificationService().subscribeToNotifications();
    const community = server.service.getCommunityService();
    community.subscribeToDiscussion(1);
    community.subscribeToExpertUpdates();
    community.subscribeToModerationEvents();
    server.deliver({ type: 'notification', id: 1, title: 'x' });
    server.deliver({ type: 'moderation_event', target_id: 't' });
    server.deliver({ type: 'expert_activity', expert_id: 'e' });
    server.deliver({ type: 'typing_indicator', user_id: 'u', bill_id: 1 });
    server.deliver({ type: 'vote_update', bill_id: 1, vote_type: 'oppose' });
    server.deliver({ type: 'comment_update', bill_id: 1 });
    server.deliver({ type: 'community_update', bill_id: 1 });
    server.deliver({ type: 'engagement_metrics', bill_id: 1, viewCount: 1 });
    server.deliver({ type: 'bill_update', bill_id: 1, update: { type: 'amendment', data: {} } });
    await server.advance(0);
    expect(heard.map((line) => line.split(' ')[0])).toEqual([
      'onNotification',
      'onModerationEvent',
      'onExpertActivity',
      'onTypingIndicator',
      'onVoteUpdate',
      'onCommentUpdate',
      'onCommunityUpdate',
      'onEngagementUpdate',
      'onBillUpdate',
    ]);
    expect(JSON.parse(heard[3]?.split(/ (.*)/)[1] ?? '')).toMatchObject({
      userId: 'u',
      billId: 1,
      parentId: null,
      isTyping: true,
    });
  });

  it('tell onError what another handler threw, and go on', async () => {
    const [onError, second] = [vi.fn(), vi.fn()];
    const problem = new Error('a handler’s own');
    server.service.setHandlers({
      onError,
      onNotification: () => {
        throw problem;
      },
    });
    server.service.on('notification', second);
    server.service.getNotificationService().subscribeToNotifications();
    server.deliver(alert);
    await server.advance(0);
    expect(second).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledExactlyOnceWith(problem);
  });
});

describe('sending', () => {
  it('gathers what follows closely, and never delays typing', async () => {
    const community = server.service.getCommunityService();
    server.sent.length = 0;
    void community.sendCommentUpdate(1, { text: 'a' });
    void community.sendCommentUpdate(1, { text: 'b' });
    void community.sendVoteUpdate(1, { voteType: 'support' });
    community.sendTypingIndicator(1);
    const types = () => server.sent.map(({ type }) => type);
    expect(types()).toEqual(['comment_update', 'typing_start']);
    await server.advance(1000);
    expect(types()).toEqual(['comment_update', 'typing_start', 'batch']);
    expect(server.sent[2]).toMatchObject({
      messages: [{ type: 'comment_update' }, { type: 'vote_update' }],
    });
  });
});
