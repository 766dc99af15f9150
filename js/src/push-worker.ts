// For service workers: imports nothing of pages and starts nothing.
export {
  handleNotificationClick,
  handlePush,
  registerPush,
  type PushHandlerOptions,
} from './push/push-handler.js';
export type {
  ExtendableEventLike,
  NotificationClickEventLike,
  PushEventLike,
  PushWorkerScope,
  WindowClientLike,
} from './push/worker-scope.js';
