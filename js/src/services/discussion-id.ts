import type { BillId } from '../types.js';
import { readBillId, requireBillId } from './bill-id.js';

const keyPrefix = /^bill_/;

/** The bill of a discussion, given as the bill or as the discussion's key `bill_ID`; null when it is neither. */
export function readDiscussion(discussion: BillId): number | null {
  return readBillId(withoutPrefix(discussion));
}

/** As `readDiscussion`; throws for what is no bill's number. */
export function requireDiscussion(discussion: BillId): number {
  return requireBillId(withoutPrefix(discussion));
}

/** What callers know the discussion of a bill by. */
export function discussionKey(bill: number): string {
  return `bill_${bill}`;
}

export function discussionTopic(bill: number): string {
  return `discussion:${bill}`;
}

/** Where a discussion's state is while `discussionTopic` is not subscribed. */
export function communityTopic(bill: number): string {
  return `community:${bill}`;
}

/** The key of those who type under one comment, or, without one, in the discussion itself. */
export function typingGroup(parentId: string | number | null | undefined): string {
  return parentId === null || parentId === undefined || parentId === '' ? 'root' : String(parentId);
}

function withoutPrefix(discussion: BillId): BillId {
  return typeof discussion === 'string' ? discussion.replace(keyPrefix, '') : discussion;
}
