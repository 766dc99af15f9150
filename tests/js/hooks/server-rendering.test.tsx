import { act } from '@testing-library/react';
import { useEffect } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useBillTracking } from '../../../js/src/hooks/use-bill-tracking.js';
import { useCommunityRealTime } from '../../../js/src/hooks/use-community-real-time.js';
import { useRealtimeEngagement } from '../../../js/src/hooks/use-realtime-engagement.js';
import { useWebSocket } from '../../../js/src/hooks/use-web-socket.js';
import { RealTimeService } from '../../../js/src/services/realtime-service.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function Page() {
  const { isConnected, notifications, notificationCount, getRecentActivity } = useWebSocket();
  const community = useCommunityRealTime();
  const engagement = useRealtimeEngagement();
  const others = [
    notifications.length + notificationCount + getRecentActivity().length,
    community.typingIndicators.size + community.subscribedDiscussions.size,
    community.recentComments.length + community.expertActivity.length,
    String(community.getPresence(1)),
    engagement.movers.length + engagement.getRecentUpdates(1).length,
    engagement.getTypingIndicators(1).length,
    String(engagement.getEngagementAnalytics(1)),
  ];
  const tracking = useBillTracking();
  const { subscribeToBill, unsubscribeFromBill } = tracking;
  useEffect(() => {
    subscribeToBill(1);
    return () => unsubscribeFromBill(1);
  }, [subscribeToBill, unsubscribeFromBill]);
  const sizes = [tracking.subscribedBills, tracking.billUpdates, tracking.engagementMetrics];
  return (
    <p>
      {[
        isConnected || tracking.isConnected,
        tracking.getBillUpdates(1).length,
        String(tracking.getEngagementMetrics(1)),
        sizes.map(({ size }) => size).join(),
        others.join(),
      ].join(' ')}
    </p>
  );
}

describe('on a server', () => {
  it('renders what is known before anything is known, and makes no engine', () => {
    const createEngine = vi.fn();
    const opened = vi.fn();
    vi.stubGlobal('Worker', opened);
    vi.stubGlobal('WebSocket', opened);
    const service = new RealTimeService({}, { createEngine });
    const html = renderToString(
      <RealTimeProvider service={service}>
        <Page />
      </RealTimeProvider>,
    );
    expect(html).toContain('false 0 null 0,0,0 0,0,0,null,0,0,null');
    expect(createEngine).not.toHaveBeenCalled();
    expect(opened).not.toHaveBeenCalled();
  });

  it('renders with the service of the page, too', () => {
    expect(renderToString(<Page />)).toContain('false 0 null 0,0,0 0,0,0,null,0,0,null');
  });

  it('is taken over by a page that knows more already, without a mismatch', async () => {
    const { service, engine } = serviceOnFake();
    engine.readModel.addUpdates(1);
    const page = (
      <RealTimeProvider service={service}>
        <Page />
      </RealTimeProvider>
    );
    const container = document.createElement('div');
    container.innerHTML = renderToString(page);
    const onRecoverableError = vi.fn();
    const root = await act(() => hydrateRoot(container, page, { onRecoverableError }));
    await act(settle);
    expect(onRecoverableError).not.toHaveBeenCalled();
    expect(container.textContent).toBe('false 1 null 1,1,0 0,0,0,null,1,0,null');
    expect(engine.topicsTold('subscribe').sort()).toEqual([
      'bill:1',
      'discussion:1',
      'expert:updates',
      'local:engagement',
      'user_notifications',
    ]);
    act(() => root.unmount());
  });
});
