import type {
  BillMover,
  BillUpdate,
  CommentUpdate,
  CommunityActivity,
  EngagementAnalytics,
  EngagementMetrics,
  ExpertActivity,
  ModerationEvent,
  NotificationCounts,
  Presence,
  RealTimeNotification,
  TypingIndicator,
  VoteUpdate,
} from '../types.js';
import type { CellKind } from './abi.js';

/** Who types in a discussion: `root`, or the id of the comment that is answered. Empty groups are left out. */
export type TypingGroups = Readonly<Record<string, readonly TypingIndicator[]>>;

/** A message in the outbox, as `restoreOutbox` takes it. */
export interface WaitingMessage {
  readonly messageId: string;
  /** What the engine calls itself that sent it first without a token; missing: not sent yet, or with one. */
  readonly client?: string;
  /** JSON. */
  readonly message: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
  readonly whenFull?: 'dropOldest';
  readonly key?: string;
}

/** The records of every cell that is a list, oldest first. */
export interface ListRecords {
  [CellKind.billUpdates]: BillUpdate;
  [CellKind.comments]: CommentUpdate;
  [CellKind.votes]: VoteUpdate;
  /** Which of them, the topic decides. */
  [CellKind.activity]: CommunityActivity | ExpertActivity | ModerationEvent;
}

/** What is in every cell that has one value. */
export interface CellValues {
  [CellKind.billEngagement]: EngagementMetrics;
  [CellKind.typing]: TypingGroups;
  [CellKind.presence]: Presence;
  /** Newest first. */
  [CellKind.notifications]: readonly RealTimeNotification[];
  [CellKind.notificationCounts]: NotificationCounts;
  [CellKind.billAnalytics]: EngagementAnalytics;
  /** Best first. */
  [CellKind.movers]: readonly BillMover[];
  /** Messages that wait to be sent or acknowledged, for a later visit. */
  [CellKind.outbox]: readonly WaitingMessage[];
}

export type ListCell = keyof ListRecords;
export type ValueCell = keyof CellValues;
