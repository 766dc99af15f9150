// Every public type of the package. Times are milliseconds unless a name says otherwise; sizes are bytes.
export type * from './types/activity.js';
export type * from './types/bill.js';
export type * from './types/community.js';
export type * from './types/config-input.js';
export type * from './types/config.js';
export * from './types/connection.js';
export type * from './types/engagement.js';
export type * from './types/events.js';
export type * from './types/logging.js';
export type * from './types/message.js';
export type * from './types/notification.js';
export type * from './types/recording.js';
export type * from './types/stats.js';
export type * from './types/subscription.js';
