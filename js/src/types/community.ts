import type { MessageData, ServerId, Timestamp } from './message.js';

/** What happened to a comment. */
export type CommentAction = 'created' | 'updated' | 'deleted';

/** A comment of a discussion was written, changed or taken away. */
export interface CommentUpdate {
  readonly commentId: ServerId | null;
  readonly billId: number;
  /** The comment it answers; null: it stands for itself. */
  readonly parentId: ServerId | null;
  readonly userId: ServerId | null;
  readonly action: CommentAction;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Grows with every record the page received; records of several topics sort by it. */
  readonly arrival: number;
}

export type VoteType = 'support' | 'oppose' | 'neutral';

/** Somebody voted on a bill. */
export interface VoteUpdate {
  readonly billId: number;
  readonly userId: ServerId | null;
  readonly voteType: VoteType;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Grows with every record the page received. */
  readonly arrival: number;
}

/** Somebody else types in a discussion. */
export interface TypingIndicator {
  readonly userId: ServerId;
  readonly billId: number;
  /** The comment that is being answered; null: the discussion itself. */
  readonly parentId: ServerId | null;
  /** What can be read is always true; an event also tells false when it ended or expired. */
  readonly isTyping: boolean;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
}

/** How many people are in a discussion, as the server last counted them. */
export interface Presence {
  readonly billId: number;
  readonly count: number;
  readonly timestamp: Timestamp;
}

/** The kinds of community activity that are known by name; a server may send others. */
export type KnownCommunityActivityType =
  | 'new_discussion'
  | 'comment_added'
  | 'expert_joined'
  | 'consensus_change'
  | 'moderation_action'
  | 'trending_topic';

/** Something that happened in a discussion beside comments and votes. */
export interface CommunityActivity {
  readonly type: KnownCommunityActivityType | (string & {});
  readonly discussionId: ServerId | null;
  readonly billId: number | null;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Grows with every record the page received. */
  readonly arrival: number;
}

/** Something an expert did. */
export interface ExpertActivity {
  readonly expertId: ServerId;
  readonly billId: number | null;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Grows with every record the page received. */
  readonly arrival: number;
}

/** Something a moderator did. */
export interface ModerationEvent {
  readonly targetId: ServerId;
  readonly data: MessageData;
  readonly timestamp: Timestamp;
  /** Grows with every record the page received. */
  readonly arrival: number;
}
