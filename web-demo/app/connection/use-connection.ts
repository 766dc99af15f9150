import {
  realTimeService,
  useWebSocket,
  type ConnectionQuality,
  type ConnectionState,
} from '@client/core/realtime';

import { currentVisitor } from '../visitor/visitor';

export interface Connection {
  readonly state: ConnectionState;
  readonly quality: ConnectionQuality;
  /** What keeps the connection away, as a sentence. */
  readonly error: string | null;
  readonly connect: () => Promise<void>;
  readonly disconnect: () => void;
}

/** The page's connection, opened by whoever first looks. */
export function useConnection(): Connection {
  // All of it is looked at, so that this renders at every change of the connection; the state's name is then read where
  // all of them are told apart.
  const { connectionQuality, error, connect, disconnect, isConnected, isConnecting } =
    useWebSocket();
  void [isConnected, isConnecting];
  return {
    state: realTimeService.getConnectionState(),
    quality: connectionQuality,
    error,
    connect: () => connect(currentVisitor().token),
    disconnect,
  };
}
