'use client';

import { useEffect, useMemo, useState } from 'react';

import type { RealTimeMessage, RealTimeSubscription, SendOptions } from '../types.js';
import { subscribeDeclared } from './declared-subscriptions.js';
import { useRealTimeService } from './real-time-provider.js';
import { SubscriptionSet } from './subscription-set.js';
import { useTrackedView } from './use-tracked-view.js';
import { noWebSocket, webSocketParts, type WebSocketState } from './web-socket-parts.js';

export interface UseWebSocketOptions {
  /** Connect when the component mounts, unless somebody has or somebody said `disconnect`; true. */
  readonly autoConnect?: boolean;
  /** The token to connect with. */
  readonly token?: string;
  /** Held while the component is mounted. A new list with the same content changes nothing. */
  readonly subscriptions?: readonly RealTimeSubscription[];
  /**
   * `websocket.reconnect.maxAttempts` of the service. All components share one connection, so this and
   * `reconnectInterval` count for a service that has not started yet, and are ignored by one that has; of several
   * components that mount together, the last one's count.
   */
  readonly reconnectAttempts?: number;
  /** `websocket.reconnect.delay` of the service, in milliseconds; as `reconnectAttempts`. */
  readonly reconnectInterval?: number;
}

/** What a component can do with the connection. The functions never change. */
export interface WebSocketActions {
  readonly connect: (token?: string) => Promise<void>;
  readonly disconnect: () => void;
  /** Ends when the component unmounts, if not before. Returns the id for `unsubscribe`. */
  readonly subscribe: (subscription: RealTimeSubscription) => string;
  readonly unsubscribe: (id: string) => void;
  /** Settles as the manager's `send`; the promise may be ignored. */
  readonly send: (message: RealTimeMessage, options?: SendOptions) => Promise<void>;
  /** Marks a notification as read, here at once, and tells the server. */
  readonly markNotificationRead: (id: string | number) => void;
}

/** What `useWebSocket` returns. */
export interface WebSocketConnection extends WebSocketState, WebSocketActions {}

/**
 * The connection of the page: its state, the user's notifications, and what can be done with it. The component renders
 * again only when something changed that it read from what this returns.
 */
export function useWebSocket({
  autoConnect = true,
  token,
  subscriptions = nothing,
  reconnectAttempts,
  reconnectInterval,
}: UseWebSocketOptions = {}): WebSocketConnection {
  const service = useRealTimeService();
  useEffect(() => {
    service.configureReconnect({ maxAttempts: reconnectAttempts, delay: reconnectInterval });
  }, [service, reconnectAttempts, reconnectInterval]);
  useEffect(() => {
    if (autoConnect) service.startWhenUsed(token);
  }, [service, autoConnect, token]);

  const declared = JSON.stringify(subscriptions);
  useEffect(
    () => subscribeDeclared(service, JSON.parse(declared) as readonly RealTimeSubscription[]),
    [service, declared],
  );
  const [own] = useState(() => new SubscriptionSet());
  useEffect(() => own.attach(service), [service, own]);

  const makers = useMemo(() => webSocketParts(service), [service]);
  const actions = useMemo<WebSocketActions>(
    () => ({
      connect: (newToken) => service.connect(newToken),
      disconnect: () => {
        service.disconnect();
      },
      subscribe: (subscription) => own.add(service, subscription),
      unsubscribe: (id) => {
        own.remove(id);
      },
      send: (message, options) => service.manager.send(message, options),
      markNotificationRead: (id) => {
        const notifications = service.getNotificationService();
        if (notifications.markAsRead(id)) void notifications.sendMarkAsReadUpdate(id);
      },
    }),
    [service, own],
  );
  return useTrackedView(service, makers, noWebSocket, actions);
}

const nothing: readonly never[] = Object.freeze([]);
