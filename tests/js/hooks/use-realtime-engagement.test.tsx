import { act, cleanup, render } from '@testing-library/react';
import { useEffect, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import {
  useRealTimeEngagement,
  useRealtimeEngagement,
  type RealtimeEngagement,
} from '../../../js/src/hooks/use-realtime-engagement.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';
import { typing } from '../support/records.js';

afterEach(cleanup);

let latest: RealtimeEngagement;
let renders = 0;

function Engagement({ show }: { show: (engagement: RealtimeEngagement) => ReactNode }) {
  const engagement = useRealtimeEngagement();
  const { subscribeToBill, unsubscribeFromBill } = engagement;
  useEffect(() => {
    latest = engagement;
    ++renders;
  });
  useEffect(() => {
    subscribeToBill(1);
    return () => unsubscribeFromBill(1);
  }, [subscribeToBill, unsubscribeFromBill]);
  return <p>{show(engagement)}</p>;
}

function setup(show: (engagement: RealtimeEngagement) => ReactNode) {
  const { service, engine } = serviceOnFake();
  renders = 0;
  const page = (shown: typeof show) => (
    <RealTimeProvider service={service}>
      <Engagement show={shown} />
    </RealTimeProvider>
  );
  const view = render(page(show));
  return {
    service,
    engine,
    model: engine.readModel,
    view,
    look: (other: typeof show) => view.rerender(page(other)),
  };
}

const rate = { total: 2, perMinute: 2, smoothedPerMinute: 1.5, trend: 0.5 };
const measures = { views: rate, comments: rate, saves: rate, shares: rate };
const analytics = {
  billId: 1,
  windows: { '1m': measures, '15m': measures, '24h': measures },
  timestamp: 1,
};

describe('useRealtimeEngagement', () => {
  it('has a second spelling', () => {
    expect(useRealTimeEngagement).toBe(useRealtimeEngagement);
  });

  it('shows the newest updates first, and the engagement', () => {
    const { model, view } = setup(({ getRecentUpdates, getEngagementMetrics, subscribedBills }) =>
      [
        getRecentUpdates(1, 2).map(({ data }) => data['newStatus']),
        getRecentUpdates(1).length,
        getRecentUpdates(1, 0).length,
        getEngagementMetrics(1)?.viewCount,
        subscribedBills.size,
      ].join(),
    );
    act(() => model.addUpdates(1));
    act(() => model.addUpdates(1));
    act(() => model.addUpdates(1));
    act(() => model.setEngagement(1, 8));
    expect(view.container.textContent).toBe('status 3,status 2,3,0,8,1');
  });

  it('has analytics computed while it looks at them, and only then', async () => {
    const { engine, model, view, look } = setup(() => null);
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['bill:1']);
    look(
      ({ getEngagementAnalytics, movers }) =>
        `${getEngagementAnalytics(1)?.windows['1m'].views.trend} ${movers.map(({ billId }) => billId).join()}`,
    );
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['bill:1', 'local:engagement']);
    const perMinute = { views: 1, comments: 0, saves: 0, shares: 0 };
    act(() => {
      model.setValue('bill:1', CellKind.billAnalytics, analytics);
      model.setValue('local:engagement', CellKind.movers, [{ billId: 1, score: 1, perMinute }]);
    });
    expect(view.container.textContent).toBe('0.5 1');
    for (let second = 2; second < 5; ++second) {
      act(() =>
        model.setValue('bill:1', CellKind.billAnalytics, { ...analytics, timestamp: second }),
      );
    }
    await act(settle);
    expect(engine.topicsTold('subscribe')).toHaveLength(2);
    expect(engine.told('unsubscribe')).toEqual([]);
    look(() => null);
    // What it looked at is let go with its next change.
    act(() => {
      model.setValue('bill:1', CellKind.billAnalytics, { ...analytics, timestamp: 9 });
      model.setValue('local:engagement', CellKind.movers, []);
    });
    await act(settle);
    expect(engine.told('unsubscribe')).toHaveLength(1);
  });

  it('renders only for what it read, and changes a reader exactly then', () => {
    const { model } = setup(({ getEngagementAnalytics }) => getEngagementAnalytics(1)?.timestamp);
    const first = latest;
    act(() => model.setEngagement(1, 5));
    expect([renders, latest]).toEqual([1, first]);
    act(() => model.setValue('bill:1', CellKind.billAnalytics, analytics));
    expect(renders).toBe(2);
    expect(latest.getEngagementAnalytics).not.toBe(first.getEngagementAnalytics);
    expect(latest.getEngagementMetrics).toBe(first.getEngagementMetrics);
    expect(latest.sendTypingIndicator).toBe(first.sendTypingIndicator);
  });

  it('follows the discussions of which it asks who types', async () => {
    const { model, engine, view } = setup(
      ({ getTypingIndicators }) =>
        `${getTypingIndicators(1).length} ${getTypingIndicators('1', 7).length}`,
    );
    await act(settle);
    expect(engine.topicsTold('subscribe').sort()).toEqual(['bill:1', 'discussion:1']);
    act(() => model.setValue('discussion:1', CellKind.typing, { '7': [typing(1, 'ann')] }));
    expect(view.container.textContent).toBe('0 1');
    latest.sendTypingIndicator(1);
    latest.stopTypingIndicator(1);
    expect(engine.told('startTyping')).toEqual([['1', '']]);
    view.unmount();
    await settle();
    expect(engine.told('unsubscribe')).toHaveLength(2);
  });
});
