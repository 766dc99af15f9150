import type { BillUpdate, EngagementMetrics } from './bill.js';
import type {
  CommentUpdate,
  CommunityActivity,
  ExpertActivity,
  ModerationEvent,
  TypingIndicator,
  VoteUpdate,
} from './community.js';
import type { ConnectionState } from './connection.js';
import type { Gap, RealTimeMessage } from './message.js';
import type { RealTimeNotification } from './notification.js';

/** What `on` of a `RealTimeService` can listen to, with the arguments of each listener. */
export interface RealTimeEvents {
  connected: [];
  disconnected: [];
  connectionChange: [connected: boolean];
  error: [error: Error];
  /** Every message, also those of unknown type. */
  message: [message: RealTimeMessage];
  billUpdate: [update: BillUpdate];
  engagementUpdate: [metrics: EngagementMetrics];
  communityUpdate: [activity: CommunityActivity];
  /** Somebody began to type, or ended (`isTyping` false). */
  typingIndicator: [indicator: TypingIndicator];
  commentUpdate: [update: CommentUpdate];
  voteUpdate: [update: VoteUpdate];
  expertActivity: [activity: ExpertActivity];
  moderationEvent: [event: ModerationEvent];
  notification: [notification: RealTimeNotification];
  /** Messages of a topic were missing: they came late, or are lost. */
  gap: [gap: Gap];
}

export type RealTimeEventName = keyof RealTimeEvents;

/** What `on` of a `UnifiedWebSocketManager` can listen to: the service's events and the full connection state. */
export interface WebSocketEvents extends RealTimeEvents {
  stateChange: [state: ConnectionState, previous: ConnectionState];
}

/** One handler per event, for callers that want them all in one place. */
export interface RealTimeHandlers {
  onConnectionChange?: (connected: boolean) => void;
  /** Also told what other handlers and listeners throw. */
  onError?: (error: Error) => void;
  onBillUpdate?: (update: BillUpdate) => void;
  onCommunityUpdate?: (activity: CommunityActivity) => void;
  onNotification?: (notification: RealTimeNotification) => void;
  onTypingIndicator?: (indicator: TypingIndicator) => void;
  onCommentUpdate?: (update: CommentUpdate) => void;
  onVoteUpdate?: (update: VoteUpdate) => void;
  onEngagementUpdate?: (metrics: EngagementMetrics) => void;
  onExpertActivity?: (activity: ExpertActivity) => void;
  onModerationEvent?: (event: ModerationEvent) => void;
}
