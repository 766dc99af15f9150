import { act, cleanup, render } from '@testing-library/react';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import {
  useCommunityRealTime,
  type CommunityRealTime,
} from '../../../js/src/hooks/use-community-real-time.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';
import { comment, typing, vote } from '../support/records.js';

afterEach(cleanup);

function setup(config = {}) {
  const { service, engine } = serviceOnFake(config);
  const wrap = (children: ReactNode) => (
    <RealTimeProvider service={service}>{children}</RealTimeProvider>
  );
  return { service, engine, model: engine.readModel, wrap };
}

/** What each probe's latest render got, and how often it rendered. */
class Probe {
  renders = 0;
  latest!: CommunityRealTime;
}

function use(probe: Probe): CommunityRealTime {
  const community = useCommunityRealTime();
  ++probe.renders;
  probe.latest = community;
  return community;
}

function Discussion({
  id,
  probe = new Probe(),
  show = () => null,
}: {
  id: number;
  probe?: Probe;
  show?: (community: CommunityRealTime) => ReactNode;
}) {
  const community = use(probe);
  const { subscribeToDiscussion, unsubscribeFromDiscussion } = community;
  useEffect(() => {
    subscribeToDiscussion(id);
    return () => unsubscribeFromDiscussion(`bill_${id}`);
  }, [id, subscribeToDiscussion, unsubscribeFromDiscussion]);
  return <p>{show(community)}</p>;
}

describe('useCommunityRealTime', () => {
  it('subscribes a discussion once for all its components, also in StrictMode', async () => {
    const { wrap, engine, service } = setup();
    const view = render(
      <StrictMode>
        {wrap([<Discussion key="a" id={1} />, <Discussion key="b" id={1} />])}
      </StrictMode>,
    );
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['discussion:1']);
    view.rerender(<StrictMode>{wrap([<Discussion key="a" id={1} />])}</StrictMode>);
    await act(settle);
    expect(engine.told('unsubscribe')).toEqual([]);
    view.unmount();
    await settle();
    expect(engine.told('unsubscribe')).toHaveLength(1);
    expect(service.getCommunityService().getSubscriptionCount()).toBe(0);
    expect(engine.readModel.watcherCount).toBe(0);
  });

  it('renders for those who type where it looks, and for nobody else', () => {
    const { wrap, model } = setup();
    const [root, answers] = [new Probe(), new Probe()];
    const typingIn = (key: string) => (community: CommunityRealTime) =>
      `${key}: ${community.typingIndicators.get(key)?.length ?? 0} `;
    const view = render(
      wrap([
        <Discussion key="a" id={1} probe={root} show={typingIn('1_root')} />,
        <Discussion key="b" id={1} probe={answers} show={typingIn('1_7')} />,
      ]),
    );
    const bob = [typing(1, 'bob')];
    act(() => model.setValue('discussion:1', CellKind.typing, { '7': bob }));
    expect(view.container.textContent).toBe('1_root: 0 1_7: 1 ');
    expect([root.renders, answers.renders]).toEqual([1, 2]);
    act(() =>
      model.setValue('discussion:1', CellKind.typing, { root: [typing(1, 'ann')], '7': bob }),
    );
    expect(view.container.textContent).toBe('1_root: 1 1_7: 1 ');
    expect([root.renders, answers.renders]).toEqual([2, 2]);
  });

  it('reads those who type as a map of its discussions', () => {
    const { wrap, model } = setup();
    const show = ({ typingIndicators }: CommunityRealTime) =>
      [...typingIndicators].map(([key, { length }]) => `${key}=${length}`).join();
    const view = render(wrap(<Discussion id={1} show={show} />));
    const eve = [typing(2, 'eve')];
    act(() => model.setValue('discussion:2', CellKind.typing, { root: eve }));
    act(() => model.setValue('discussion:1', CellKind.typing, { root: eve, c_9: eve }));
    expect(view.container.textContent).toBe('1_root=1,1_c_9=1');
  });

  it('shows the newest comments, votes and activity of its discussions', () => {
    const { wrap, model } = setup();
    const probe = new Probe();
    const show = ({
      recentComments,
      recentVotes,
      recentActivity,
      subscribedDiscussions,
    }: CommunityRealTime) =>
      JSON.stringify([
        recentComments.map(({ arrival }) => arrival),
        recentVotes.length,
        recentActivity.length,
        [...subscribedDiscussions],
      ]);
    const view = render(wrap(<Discussion id={1} probe={probe} show={show} />));
    act(() => probe.latest.subscribeToDiscussion(2));
    act(() => model.setList('discussion:1', CellKind.comments, [comment(1, 1), comment(1, 3)]));
    act(() => model.setList('discussion:2', CellKind.comments, [comment(2, 2)]));
    act(() => model.setList('discussion:2', CellKind.votes, [vote(2, 4)]));
    expect(view.container.textContent).toBe('[[3,2,1],1,0,["bill_1","bill_2"]]');
    const { recentComments } = probe.latest;
    const { renders } = probe;
    act(() => model.setList('discussion:3', CellKind.comments, [comment(3, 9)]));
    expect(probe.renders).toBe(renders);
    act(() => model.setList('discussion:2', CellKind.votes, [vote(2, 4), vote(2, 5)]));
    expect(probe.latest.recentComments).toBe(recentComments);
  });

  it('follows experts, moderation and presence while it looks at them', async () => {
    const { wrap, model, engine } = setup();
    let looks = true;
    const show = (community: CommunityRealTime) => {
      if (!looks) return '';
      const { expertActivity, moderationEvents, getPresence } = community;
      return `${expertActivity.length} ${moderationEvents.length} ${getPresence(1)?.count}`;
    };
    const view = render(wrap(<Discussion id={1} show={show} />));
    await act(settle);
    expect(engine.topicsTold('subscribe').sort()).toEqual([
      'discussion:1',
      'expert:updates',
      'moderation:events',
    ]);
    const base = { data: {}, timestamp: 1 };
    act(() => {
      model.setList('expert:updates', CellKind.activity, [
        { ...base, expertId: 1, billId: null, arrival: 1 },
      ]);
      model.setList('moderation:events', CellKind.activity, [{ ...base, targetId: 1, arrival: 2 }]);
      model.setValue('discussion:1', CellKind.presence, { billId: 1, count: 3, timestamp: 1 });
    });
    expect(view.container.textContent).toBe('1 1 3');
    looks = false;
    view.rerender(wrap(<Discussion id={1} show={show} />));
    // What it looked at is let go with its next change.
    act(() => {
      model.setList('expert:updates', CellKind.activity, []);
      model.setList('moderation:events', CellKind.activity, []);
    });
    await act(settle);
    expect(engine.told('unsubscribe')).toHaveLength(2);
  });

  it('follows again what it looks at after the service was shut down', async () => {
    const { wrap, engine, service } = setup();
    const view = render(
      wrap(<Discussion id={1} show={({ expertActivity }) => expertActivity.length} />),
    );
    await act(settle);
    engine.commands.length = 0;
    await act(() => service.shutdown());
    expect(engine.topicsTold('subscribe').sort()).toEqual(['discussion:1', 'expert:updates']);
    view.unmount();
    await settle();
    expect(service.getCommunityService().getSubscriptionCount()).toBe(0);
  });

  it('tells one discussion too many by an error event and goes on without it', async () => {
    const { wrap, service } = setup({ community: { maxConcurrentSubscriptions: 1 } });
    const onError = vi.fn();
    service.setHandlers({ onError });
    const probe = new Probe();
    const show = ({ subscribedDiscussions }: CommunityRealTime) =>
      [...subscribedDiscussions].join();
    const view = render(
      wrap([
        <Discussion key="1" id={1} show={show} />,
        <Discussion key="2" id={2} probe={probe} show={show} />,
      ]),
    );
    await act(settle);
    expect(view.container.textContent).toBe('bill_1');
    expect(onError.mock.calls.map(([error]) => (error as { code: string }).code)).toEqual([
      'too-many-subscriptions',
    ]);
    view.rerender(wrap([<Discussion key="2" id={2} probe={probe} show={show} />]));
    act(() => probe.latest.subscribeToDiscussion(2));
    expect(view.container.textContent).toBe('bill_2');
  });

  it('sends by functions that never change', async () => {
    const { wrap, engine, model } = setup();
    const probe = new Probe();
    render(
      wrap(
        <Discussion id={1} probe={probe} show={({ recentComments }) => recentComments.length} />,
      ),
    );
    const first = probe.latest;
    const { renders } = probe;
    act(() => model.setList('discussion:1', CellKind.comments, [comment(1, 1)]));
    expect(probe.renders).toBe(renders + 1);
    const { sendTypingIndicator, stopTypingIndicator, sendCommentUpdate, sendVoteUpdate } =
      probe.latest;
    expect([sendTypingIndicator, stopTypingIndicator, sendCommentUpdate, sendVoteUpdate]).toEqual([
      first.sendTypingIndicator,
      first.stopTypingIndicator,
      first.sendCommentUpdate,
      first.sendVoteUpdate,
    ]);
    sendTypingIndicator(1);
    stopTypingIndicator(1, 'c');
    await sendCommentUpdate(1, { text: 'x' });
    await sendVoteUpdate(1, { voteType: 'oppose' });
    expect([
      engine.told('startTyping'),
      engine.told('stopTyping'),
      engine.told('send').length,
    ]).toEqual([[['1', '']], [['1', 'c']], 2]);
  });
});
