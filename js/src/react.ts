'use client';

export { RealTimeProvider, type RealTimeProviderProps } from './hooks/real-time-provider.js';
export { useBillTracking, type BillTracking } from './hooks/use-bill-tracking.js';
export {
  useWebSocket,
  type UseWebSocketOptions,
  type WebSocketConnection,
} from './hooks/use-web-socket.js';
