import { act, cleanup, render, renderHook } from '@testing-library/react';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useWebSocket } from '../../../js/src/hooks/use-web-socket.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';
import { comment, notification, vote } from '../support/records.js';

afterEach(cleanup);

function setup() {
  const { service, engine } = serviceOnFake();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <RealTimeProvider service={service}>{children}</RealTimeProvider>
    </StrictMode>
  );
  return { service, engine, wrapper };
}

describe('useWebSocket', () => {
  it('connects by itself and shows the connection', async () => {
    const { engine, wrapper } = setup();
    const { result } = renderHook(() => useWebSocket({ token: 'secret-token' }), { wrapper });
    expect(result.current).toMatchObject({ isConnected: false, isConnecting: false, error: null });
    await act(settle);
    expect(engine.told('connect')).toEqual([['secret-token']]);
    expect(result.current).toMatchObject({ isConnected: false, isConnecting: true });
    act(() => engine.report('connecting'));
    act(() => engine.report('connected', { quality: 'good' }));
    expect(result.current).toMatchObject({
      isConnected: true,
      isConnecting: false,
      connectionQuality: 'good',
    });
    const error = { code: 'connection-lost', message: 'The connection broke.' };
    act(() => engine.report('reconnecting', { error }));
    expect(result.current).toMatchObject({ isConnecting: true, error: 'The connection broke.' });
  });

  it('connects and disconnects when told, by functions that never change', async () => {
    const { engine, wrapper } = setup();
    const { result } = renderHook(() => useWebSocket({ autoConnect: false }), { wrapper });
    await act(settle);
    expect(engine.commands).toEqual([]);
    const first = result.current;
    await act(async () => {
      void first.connect();
      engine.report('connecting');
      engine.report('connected');
      await settle();
    });
    expect(result.current.isConnected).toBe(true);
    await act(() => first.send({ type: 'x' }));
    expect(engine.told('send')).toEqual([['{"type":"x"}', '']]);
    act(() => first.disconnect());
    expect(result.current.isConnected).toBe(false);
    expect([result.current.connect, result.current.subscribe]).toEqual([
      first.connect,
      first.subscribe,
    ]);
  });

  it('ends what it subscribed when it unmounts', async () => {
    const { engine, service, wrapper } = setup();
    function Expert() {
      const { subscribe, unsubscribe } = useWebSocket();
      useEffect(() => {
        const id = subscribe({ type: 'expert', id: 1 });
        subscribe({ type: 'community', id: 2 });
        return () => unsubscribe(id);
      }, [subscribe, unsubscribe]);
      return null;
    }
    const view = render(<Expert />, { wrapper });
    expect(service.getStats().subscriptionCount).toBe(2);
    view.unmount();
    await settle();
    expect(service.getStats().subscriptionCount).toBe(0);
    expect(engine.told('unsubscribe')).toHaveLength(2);
  });

  it('holds the subscriptions it is given, also when their list is a new one each time', async () => {
    const { engine, service, wrapper } = setup();
    const { rerender, unmount } = renderHook(
      ({ id }) => useWebSocket({ subscriptions: [{ type: 'expert', id }] }),
      { wrapper, initialProps: { id: 1 } },
    );
    await act(settle);
    rerender({ id: 1 });
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['expert:1']);
    rerender({ id: 2 });
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['expert:1', 'expert:2']);
    await act(() => service.shutdown());
    expect(service.getStats().subscriptionCount).toBe(1);
    unmount();
    await settle();
    expect(service.getStats().subscriptionCount).toBe(0);
  });

  it('tells a subscription there is none of by an error event', async () => {
    const { service, wrapper } = setup();
    const onError = vi.fn();
    service.setHandlers({ onError });
    renderHook(() => useWebSocket({ subscriptions: [{ type: 'bill', id: 'x' }] }), { wrapper });
    await act(settle);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'invalid-argument' }));
  });

  it('says how to reconnect to a service that has not started, and to no other', async () => {
    const { service, wrapper } = setup();
    const onError = vi.fn();
    service.setHandlers({ onError });
    const { rerender } = renderHook(
      ({ attempts }) => useWebSocket({ reconnectAttempts: attempts, reconnectInterval: 50 }),
      { wrapper, initialProps: { attempts: 9 } },
    );
    await act(settle);
    const { reconnect } = service.manager.settings.websocket;
    expect(reconnect).toMatchObject({ maxAttempts: 9, delay: 50, maxDelay: 30000 });
    rerender({ attempts: 3 });
    await act(settle);
    expect(reconnect.maxAttempts).toBe(9);

    const other = setup();
    other.service.setHandlers({ onError });
    renderHook(() => useWebSocket({ reconnectAttempts: -1 }), { wrapper: other.wrapper });
    await act(settle);
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        message: expect.stringContaining('reconnect.maxAttempts is -1') as string,
      }),
    );
  });

  it('renders for the connection only as far as it looks', async () => {
    const { engine, wrapper } = setup();
    let renders = 0;
    renderHook(
      () => {
        const { isConnected } = useWebSocket();
        ++renders;
        return isConnected;
      },
      { wrapper },
    );
    await act(settle);
    act(() => engine.report('connecting'));
    act(() => engine.report('connected'));
    const before = renders;
    act(() => engine.report('connected', { quality: 'poor' }));
    expect(renders).toBe(before);
  });

  it('follows notifications while it looks at them or at their number', async () => {
    const { engine, wrapper } = setup();
    const { result, unmount } = renderHook(
      () => {
        const { notifications, notificationCount, markNotificationRead } = useWebSocket();
        return {
          titles: notifications.map(({ title }) => title),
          notificationCount,
          markNotificationRead,
        };
      },
      { wrapper },
    );
    await act(settle);
    expect(engine.topicsTold('subscribe')).toEqual(['user_notifications']);
    act(() => {
      const counts = { total: 1, unread: 1, byType: {}, byPriority: {} };
      engine.readModel.setValue('user_notifications', CellKind.notificationCounts, counts);
      engine.readModel.setValue('user_notifications', CellKind.notifications, [notification('a')]);
    });
    expect(result.current).toMatchObject({ titles: ['title a'], notificationCount: 1 });
    act(() => result.current.markNotificationRead('a'));
    expect(result.current.notificationCount).toBe(0);
    expect(engine.told('changeNotifications')).toEqual([['read', 'a']]);
    act(() => result.current.markNotificationRead('a'));
    expect(engine.told('send')).toEqual([[expect.stringContaining('mark_notification_read'), '']]);
    unmount();
    await settle();
    expect(engine.told('unsubscribe')).toHaveLength(1);
  });

  it('tells what happened lately in everything that is subscribed', async () => {
    const { engine, service, wrapper } = setup();
    const community = service.getCommunityService();
    community.subscribeToDiscussion(1);
    const { result } = renderHook(() => useWebSocket().getRecentActivity(3), { wrapper });
    const kinds = () => result.current.map(({ kind }) => kind);
    act(() => engine.readModel.setList('discussion:1', CellKind.comments, [comment(1, 1)]));
    act(() => engine.readModel.setList('discussion:1', CellKind.votes, [vote(1, 2)]));
    expect(kinds()).toEqual(['vote', 'comment']);
    act(() => void community.subscribeToDiscussion(2));
    act(() => engine.readModel.setList('discussion:2', CellKind.comments, [comment(2, 3)]));
    act(() =>
      engine.readModel.setValue('user_notifications', CellKind.notifications, [
        notification('a', { arrival: 4 }),
      ]),
    );
    expect(kinds()).toEqual(['notification', 'comment', 'vote']);
  });
});
