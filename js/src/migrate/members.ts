/**
 * The public names of what the package offers. The compiler tells when one of them goes; a test tells when one comes.
 */
import type {
  CommunityService,
  RealTimeService,
  RealTimeStats,
  UseWebSocketOptions,
  WebSocketConnection,
} from '../index.js';

export const serviceMembers: ReadonlySet<string> = new Set([
  'connect',
  'disconnect',
  'exportRecording',
  'getBillTrackingService',
  'getCommunityService',
  'getConnectionState',
  'getEngagementService',
  'getNotificationService',
  'getStats',
  'initialize',
  'isConnected',
  'off',
  'on',
  'ready',
  'refreshStats',
  'setHandlers',
  'shutdown',
  'subscribe',
  'unsubscribe',
] satisfies (keyof RealTimeService)[]);

export const statsMembers: ReadonlySet<string> = new Set([
  'billSubscriptions',
  'communitySubscriptions',
  'compression',
  'connectionQuality',
  'connectionState',
  'countedAt',
  'counters',
  'delivery',
  'isConnected',
  'memory',
  'notificationSubscriptions',
  'reconnectAttempts',
  'roundTrip',
  'sending',
  'streams',
  'subscriptionCount',
  'timeline',
  'topics',
  'traffic',
] satisfies (keyof RealTimeStats)[]);

export const communityMembers: ReadonlySet<string> = new Set([
  'getExpertActivity',
  'getModerationEvents',
  'getPresence',
  'getRecentActivity',
  'getRecentComments',
  'getRecentVotes',
  'getStats',
  'getSubscribedDiscussions',
  'getSubscriptionCount',
  'getTypingIndicators',
  'handleMessage',
  'initialize',
  'sendCommentUpdate',
  'sendTypingIndicator',
  'sendVoteUpdate',
  'shutdown',
  'stopTypingIndicator',
  'subscribeToDiscussion',
  'subscribeToExpertUpdates',
  'subscribeToModerationEvents',
  'unsubscribeFromDiscussion',
  'unsubscribeFromExpertUpdates',
  'unsubscribeFromModerationEvents',
] satisfies (keyof CommunityService)[]);

export const hookMembers: ReadonlySet<string> = new Set([
  'connect',
  'connectionQuality',
  'disconnect',
  'error',
  'getRecentActivity',
  'isConnected',
  'isConnecting',
  'markNotificationRead',
  'notificationCount',
  'notifications',
  'send',
  'subscribe',
  'unsubscribe',
] satisfies (keyof WebSocketConnection)[]);

export const hookOptions: ReadonlySet<string> = new Set([
  'autoConnect',
  'reconnectAttempts',
  'reconnectInterval',
  'subscriptions',
  'token',
] satisfies (keyof UseWebSocketOptions)[]);
