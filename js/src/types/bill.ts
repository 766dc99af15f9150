import type { Timestamp } from './message.js';

/** A bill's id as callers have it; `123` and `'123'` are the same bill. */
export type BillId = number | string;

/** The kinds of bill update that are known by name; a server may send others. */
export type KnownBillUpdateType =
  | 'status_change'
  | 'new_comment'
  | 'amendment'
  | 'voting_scheduled'
  | 'engagement_change'
  | 'constitutional_flag'
  | 'expert_analysis';

/** A known kind, or whatever else the server calls it. */
export type BillUpdateType = KnownBillUpdateType | (string & {});

/** What an update says: always its bill, and every field the server sent. */
export interface BillUpdateData {
  readonly billId: number;
  readonly [field: string]: unknown;
}

/** One thing that happened to a bill. */
export interface BillUpdate {
  readonly type: BillUpdateType;
  readonly data: BillUpdateData;
  /** When it happened; the time of arrival when the server did not say. */
  readonly timestamp: Timestamp;
}

/** How much attention a bill gets, as the server last counted it. */
export interface EngagementMetrics {
  readonly bill_id: number;
  readonly viewCount: number;
  readonly saveCount: number;
  readonly commentCount: number;
  readonly shareCount: number;
  readonly timestamp: Timestamp;
  /** Further measures that a server may send, such as `communitySentiment`. */
  readonly [measure: string]: unknown;
}
