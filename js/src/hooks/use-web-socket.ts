'use client';

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import type { ConnectionSnapshot } from '../engine/client.js';
import type { ConnectionQuality, RealTimeMessage, RealTimeSubscription } from '../types.js';
import { useRealTimeService } from './real-time-provider.js';
import { SubscriptionSet } from './subscription-set.js';

export interface UseWebSocketOptions {
  /** Connect when the component mounts, unless somebody has or somebody said `disconnect`; true. */
  readonly autoConnect?: boolean;
  /** The token to connect with. */
  readonly token?: string;
}

/** What `useWebSocket` returns. The functions never change. */
export interface WebSocketConnection {
  readonly isConnected: boolean;
  /** The first attempt is under way, or the engine tries to get a lost connection back. */
  readonly isConnecting: boolean;
  readonly connectionQuality: ConnectionQuality;
  /** What keeps the connection away, as a sentence. */
  readonly error: string | null;
  readonly connect: (token?: string) => Promise<void>;
  readonly disconnect: () => void;
  /** Ends when the component unmounts, if not before. Returns the id for `unsubscribe`. */
  readonly subscribe: (subscription: RealTimeSubscription) => string;
  readonly unsubscribe: (id: string) => void;
  readonly send: (message: RealTimeMessage) => Promise<void>;
}

const notConnected: ConnectionSnapshot = Object.freeze({
  state: 'disconnected',
  previousState: 'disconnected',
  quality: 'disconnected',
  attempt: 0,
});

/** The connection of the page: its state, and what can be done with it. */
export function useWebSocket({
  autoConnect = true,
  token,
}: UseWebSocketOptions = {}): WebSocketConnection {
  const service = useRealTimeService();
  const watch = useCallback(
    (listener: () => void) => service.manager.watchConnection(listener),
    [service],
  );
  const connection = useSyncExternalStore(
    watch,
    () => service.manager.connectionSnapshot,
    () => notConnected,
  );
  useEffect(() => {
    if (autoConnect) service.startWhenUsed(token);
  }, [service, autoConnect, token]);

  const [subscriptions] = useState(() => new SubscriptionSet());
  useEffect(() => subscriptions.attach(service), [service, subscriptions]);
  const actions = useMemo(
    () => ({
      connect: (newToken?: string) => service.connect(newToken),
      disconnect: () => {
        service.disconnect();
      },
      subscribe: (subscription: RealTimeSubscription) => subscriptions.add(service, subscription),
      unsubscribe: (id: string) => {
        subscriptions.remove(id);
      },
      send: (message: RealTimeMessage) => service.manager.send(message),
    }),
    [service, subscriptions],
  );
  const { state, quality, error } = connection;
  return {
    isConnected: state === 'connected',
    isConnecting: state === 'connecting' || state === 'reconnecting',
    connectionQuality: quality,
    error: error?.message ?? null,
    ...actions,
  };
}
