/** The states of the connection. `CLOSED` is accepted as a synonym of `DISCONNECTED`; it is never reported. */
export const ConnectionState = {
  DISCONNECTED: 'disconnected',
  CONNECTING: 'connecting',
  CONNECTED: 'connected',
  RECONNECTING: 'reconnecting',
  FAILED: 'failed',
  CLOSED: 'closed',
} as const;

/**
 * - `disconnected`: nobody asked for a connection, or `disconnect()` was called, or the server said it is finished.
 * - `connecting`: the first attempt is under way.
 * - `connected`: messages flow.
 * - `reconnecting`: the connection was lost; the next attempt is waiting or under way.
 * - `failed`: no further attempt is made until `connect()` is called; the `error` event said why.
 * - `closed`: a synonym of `disconnected` for callers that compare with it; it is never reported.
 */
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];

/** How the connection feels: from the time a ping takes to come back and from pings that did not. */
export type ConnectionQuality = 'excellent' | 'good' | 'poor' | 'disconnected';
