import type { ConnectionQuality, ConnectionState } from '@client/core/realtime';

export const stateWords: Readonly<Record<ConnectionState, string>> = {
  connected: 'Live',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  disconnected: 'Not connected',
  closed: 'Not connected',
  failed: 'Failed',
};

export const qualityWords: Readonly<Record<ConnectionQuality, string>> = {
  excellent: 'excellent',
  good: 'good',
  poor: 'poor',
  disconnected: 'none',
};
