import {
  realTimeService,
  useWebSocket,
  type ConnectionQuality,
  type ConnectionState,
} from '@client/core/realtime';

export interface Connection {
  readonly state: ConnectionState;
  readonly quality: ConnectionQuality;
  /** What keeps the connection away, as a sentence. */
  readonly error: string | null;
  readonly connect: () => Promise<void>;
}

/** The page's connection, opened by whoever first looks. */
export function useConnection(): Connection {
  // Renders again at every change of the connection; the state's name is then read where all of them are told apart.
  const { connectionQuality, error, connect } = useWebSocket();
  return {
    state: realTimeService.getConnectionState(),
    quality: connectionQuality,
    error,
    connect,
  };
}
