import type {
  CommentUpdate,
  CommunityActivity,
  ExpertActivity,
  ModerationEvent,
  VoteUpdate,
} from './community.js';
import type { RealTimeNotification } from './notification.js';

/** One entry of what happened lately, of whatever kind. */
export type RecentActivity =
  | { readonly kind: 'comment'; readonly record: CommentUpdate }
  | { readonly kind: 'vote'; readonly record: VoteUpdate }
  | { readonly kind: 'community'; readonly record: CommunityActivity }
  | { readonly kind: 'expert'; readonly record: ExpertActivity }
  | { readonly kind: 'moderation'; readonly record: ModerationEvent }
  | { readonly kind: 'notification'; readonly record: RealTimeNotification };
