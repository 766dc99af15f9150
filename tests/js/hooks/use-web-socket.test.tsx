import { act, cleanup, render, renderHook } from '@testing-library/react';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useWebSocket } from '../../../js/src/hooks/use-web-socket.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

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
    expect(engine.told('send')).toEqual([['{"type":"x"}']]);
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
});
