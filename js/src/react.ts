'use client';

export { RealTimeProvider, type RealTimeProviderProps } from './hooks/real-time-provider.js';
export { useBillTracking, type BillActions, type BillTracking } from './hooks/use-bill-tracking.js';
export type { BillTrackingState } from './hooks/bill-tracking-parts.js';
export type { CommunityActions, TypingActions } from './hooks/community-actions.js';
export type { CommunityState } from './hooks/community-parts.js';
export type { EngagementState } from './hooks/engagement-parts.js';
export { useCommunityRealTime, type CommunityRealTime } from './hooks/use-community-real-time.js';
export {
  useRealTimeEngagement,
  useRealtimeEngagement,
  type RealtimeEngagement,
} from './hooks/use-realtime-engagement.js';
export {
  useWebSocket,
  type UseWebSocketOptions,
  type WebSocketActions,
  type WebSocketConnection,
} from './hooks/use-web-socket.js';
export type { WebSocketState } from './hooks/web-socket-parts.js';
