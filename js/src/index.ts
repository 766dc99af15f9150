export {
  ConfigurationError,
  defaultRealTimeConfig,
  defaultWebSocketConfig,
  getRealTimeConfig,
  getWebSocketConfig,
  type ConfigurationProblem,
} from './config.js';
export { EngineError } from './engine/engine-error.js';
export type { EngineErrorCode } from './engine/error-codes.js';
export { EventEmitter, type EventEmitterOptions } from './events/event-emitter.js';
export type { PushOptions } from './push/page-push.js';
export * from './react.js';
export { BillTrackingService } from './services/bill-tracking.js';
export { CommunityService } from './services/community.js';
export { EngagementService } from './services/engagement.js';
export { NotificationService } from './services/notifications.js';
export type { ServiceManager } from './services/service-manager.js';
export {
  RealTimeService,
  realTimeService,
  type RealTimeServiceOptions,
} from './services/realtime-service.js';
export * from './types.js';
export type { EngineOptions } from './websocket/create-engine.js';
export { UnifiedWebSocketManager, type ManagerOptions } from './websocket/manager.js';
