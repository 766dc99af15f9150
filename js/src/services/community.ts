import type { BillId, MessageCallback } from '../types.js';
import { readsState } from '../websocket/reads-state.js';
import { readBillId, requireBillId } from './bill-id.js';
import { TopicReferences, type TopicSubscriber } from './topic-references.js';

const expertTopic = 'expert:updates';
const moderationTopic = 'moderation:events';

/**
 * Subscribes discussions, expert activity and moderation; calls count, as with bills. Their messages reach the
 * events of the real-time service (`communityUpdate`, `typingIndicator`, `commentUpdate`, `voteUpdate`,
 * `expertActivity`, `moderationEvent`). Reading state and sending are not part of this version.
 */
export class CommunityService {
  private readonly topics: TopicReferences<MessageCallback>;

  constructor(manager: TopicSubscriber<MessageCallback>) {
    this.topics = new TopicReferences(
      manager,
      readsState(() => undefined),
    );
  }

  /** Returns the id of the discussion's one subscription. Throws when `billId` is no bill's number. */
  subscribeToDiscussion(billId: BillId): string {
    return this.topics.acquire(discussionTopic(requireBillId(billId)));
  }

  /** Takes the bill, or the discussion's key `bill_ID`. */
  unsubscribeFromDiscussion(discussion: BillId): void {
    const bill = readBillId(
      typeof discussion === 'string' ? discussion.replace(/^bill_/, '') : discussion,
    );
    if (bill !== null) this.topics.release(discussionTopic(bill));
  }

  subscribeToExpertUpdates(): string {
    return this.topics.acquire(expertTopic);
  }

  unsubscribeFromExpertUpdates(): void {
    this.topics.release(expertTopic);
  }

  subscribeToModerationEvents(): string {
    return this.topics.acquire(moderationTopic);
  }

  unsubscribeFromModerationEvents(): void {
    this.topics.release(moderationTopic);
  }

  /** How many topics are subscribed. */
  getSubscriptionCount(): number {
    return this.topics.size;
  }

  /** Ends every subscription, however often it was made. */
  shutdown(): void {
    this.topics.releaseAll();
  }
}

function discussionTopic(bill: number): string {
  return `discussion:${bill}`;
}
