export {
  ConfigurationError,
  defaultRealTimeConfig,
  defaultWebSocketConfig,
  getRealTimeConfig,
  getWebSocketConfig,
  type ConfigurationProblem,
} from './config.js';
export { EngineError } from './engine/engine-error.js';
export { EventEmitter, type EventEmitterOptions } from './events/event-emitter.js';
export {
  RealTimeProvider,
  useBillTracking,
  useWebSocket,
  type BillTracking,
  type RealTimeProviderProps,
  type UseWebSocketOptions,
  type WebSocketConnection,
} from './react.js';
export { BillTrackingService, type BillTrackingManager } from './services/bill-tracking.js';
export { CommunityService } from './services/community.js';
export { NotificationService } from './services/notifications.js';
export {
  RealTimeService,
  realTimeService,
  type RealTimeServiceOptions,
} from './services/realtime-service.js';
export * from './types.js';
export type { EngineOptions } from './websocket/create-engine.js';
export { UnifiedWebSocketManager, type ManagerOptions } from './websocket/manager.js';
