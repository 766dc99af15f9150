/** The simulated people, on virtual time. */

import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../../../web-demo/gateway/options/options.js';
import { connect, startGateway, type RunningGateway } from '../../support/fixture.js';
import type { Message } from '../../support/test-client.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const MINUTE_MS = 60_000;

interface Simulation {
  gateway: RunningGateway;
  clock: VirtualClock;
}

async function simulate(options: Partial<GatewayOptions> = {}): Promise<Simulation> {
  const clock = new VirtualClock();
  const gateway = await startGateway({ feed: 'synthetic', bills: 6, rate: 0, clock, ...options });
  return { gateway, clock };
}

async function published(
  minutes: number,
  options: Partial<GatewayOptions> = {},
): Promise<Message[]> {
  const { gateway, clock } = await simulate(options);
  await clock.advance(minutes * MINUTE_MS);
  return gateway.log.messages();
}

const ofPeople = ({ type }: Message): boolean =>
  !['bill_update', 'engagement_metrics'].includes(type as string);

const isBy = (userId: unknown) => (message: Message) => message.user_id === userId;

describe('simulated people', () => {
  it('do the same for the same seed, something else for another, and nothing when there are none', async () => {
    const first = await published(3, { seed: 4 });
    expect(first.filter(ofPeople).length).toBeGreaterThan(50);
    expect(await published(3, { seed: 4 })).toEqual(first);
    expect((await published(3, { seed: 5 })).filter(ofPeople)).not.toEqual(first.filter(ofPeople));
    expect((await published(3, { people: 0 })).filter(ofPeople)).toEqual([]);
  });

  it('do not depend on the rate of the bills', async () => {
    const slow = await published(2);
    const fast = await published(2, { rate: 40 });
    expect(fast.length).toBeGreaterThan(slow.length + 4000);
    expect(fast.filter(ofPeople)).toEqual(slow.filter(ofPeople));
  });

  it('do everything that dialect v1 knows, and say that they are simulated', async () => {
    const messages = (await published(40)).filter(ofPeople);
    const of = (type: string) => messages.filter((message) => message.type === type);
    const kinds = new Set(of('community_update').map(({ update }) => update.type as string));
    expect([...kinds].sort()).toEqual([
      'consensus_change',
      'expert_joined',
      'moderation_action',
      'new_discussion',
      'trending_topic',
    ]);
    const priorities = new Set(
      of('notification').map((one) => one.notification.priority as string),
    );
    expect([...priorities].sort()).toEqual(['critical', 'high', 'low', 'medium', 'normal']);
    expect(of('notification').some((one) => one.notification.type === 'system_alert')).toBe(true);
    expect(new Set(of('vote_update').map(({ vote_type }) => vote_type as string)).size).toBe(3);
    expect(of('comment_update').some(({ parent_id }) => parent_id !== undefined)).toBe(true);
    expect(of('comment_update').some(({ action }) => action === 'deleted')).toBe(true);
    for (const type of ['expert_activity', 'moderation_event'])
      expect(of(type).length).toBeGreaterThan(0);
    const data = messages
      .filter(({ type }) => type !== 'typing_indicator')
      .map((one) => (one.update?.data ?? one.notification?.data ?? one.data) as Message);
    expect(data.filter(({ simulated }) => simulated !== true)).toEqual([]);
  });

  it('type for a while before they comment, and about the bill in question', async () => {
    const messages = await published(10);
    const created = messages.filter(
      ({ type, action }) => type === 'comment_update' && action === 'created',
    );
    expect(created.length).toBeGreaterThan(50);
    for (const comment of created) {
      const before = messages.slice(0, messages.indexOf(comment)).filter(isBy(comment.user_id));
      const typing = before.filter(({ type }) => type === 'typing_indicator');
      const last = typing.at(-1);
      expect(last).toMatchObject({ bill_id: comment.bill_id, is_typing: false });
      const begun = typing.length - 2;
      expect(typing[begun]).toMatchObject({ is_typing: true });
      const spentMs =
        Date.parse(comment.timestamp as string) - Date.parse(typing[begun]?.timestamp as string);
      expect(spentMs).toBeGreaterThan(0);
      expect((comment.data.text as string).length).toBeGreaterThan(15);
      expect(comment.data.text).not.toMatch(/[{}]/);
    }
    const stillTyping = messages.filter(({ type }) => type === 'typing_indicator');
    const gaveUp = stillTyping.filter(({ is_typing }) => is_typing === false).length;
    expect(gaveUp).toBeGreaterThan(created.length);
  });

  it('agree with the bills on how many comments there are', async () => {
    const counts = new Map<number, number>();
    const messages = await published(8, { rate: 5 });
    for (const message of messages) {
      const billId = message.bill_id as number;
      const before = counts.get(billId) ?? 0;
      if (message.type === 'comment_update' && message.action === 'deleted')
        counts.set(billId, before - 1);
      if (message.type === 'bill_update' && message.update.type === 'new_comment') {
        counts.set(billId, before + 1);
        expect(message.update.data.commentCount).toBe(before + 1);
      }
      if (message.type === 'engagement_metrics')
        expect(message.metrics.comment_count).toBe(counts.get(billId) ?? 0);
    }
    expect(Math.max(...counts.values())).toBeGreaterThan(10);
  });

  it('answer visitors, who are notified', async () => {
    const { gateway, clock } = await simulate();
    const visitor = await connect(gateway.url);
    await visitor.open('discussion:2');
    await visitor.open('user_notifications');
    for (let count = 1; count <= 4; count += 1) {
      visitor.send({
        type: 'comment_update',
        data: { billId: 2, text: 'Hello?', userName: 'Ada' },
      });
      await visitor.settled();
      await clock.advance(MINUTE_MS);
    }
    await visitor.settled();
    const own = visitor.ofType('comment_update').filter(isBy('guest-1'));
    const ids = own.map(({ comment_id }) => comment_id as string);
    const replies = visitor
      .ofType('comment_update')
      .filter(({ parent_id }) => ids.includes(parent_id as string));
    expect(replies.length).toBeGreaterThan(0);
    expect(replies[0]?.user_id).toMatch(/^simulated-/);
    expect(replies[0]?.data.text).toContain('Ada');
    expect(
      visitor
        .ofType('notification')
        .filter(({ notification }) => notification.type === 'comment_reply')
        .map(({ notification }) => notification.data.comment_id as string),
    ).toEqual(replies.map(({ comment_id }) => comment_id as string));
  });

  it('never moderate a visitor', async () => {
    const { gateway, clock } = await simulate({ people: 1 });
    const visitor = await connect(gateway.url);
    visitor.send({ type: 'comment_update', data: { billId: 2, text: 'Mine.' } });
    await visitor.settled();
    await clock.advance(60 * MINUTE_MS);
    const targets = gateway.log.messages().filter(({ type }) => type === 'moderation_event');
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter(({ target_id }) => target_id === 'c-1')).toEqual([]);
  });

  it('are gone when the gateway stops', async () => {
    const { gateway, clock } = await simulate();
    await clock.advance(MINUTE_MS);
    await gateway.stop();
    const { appended } = gateway.log;
    await clock.advance(10 * MINUTE_MS);
    expect(gateway.log.appended).toBe(appended);
  });
});
