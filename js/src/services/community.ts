import { CellKind } from '../engine/abi.js';
import { EngineError } from '../engine/engine-error.js';
import type { ListCell, ListRecords } from '../engine/cell-records.js';
import type {
  BillId,
  CommentUpdate,
  CommunityActivity,
  CommunityStats,
  ExpertActivity,
  MessageCallback,
  ModerationEvent,
  Presence,
  RealTimeMessage,
  SendOptions,
  ServerId,
  TypingIndicator,
  VoteUpdate,
} from '../types.js';
import { defaultRealTimeConfig } from '../config/defaults.js';
import { readsState } from '../websocket/reads-state.js';
import { requireBillId } from './bill-id.js';
import {
  discussionKey,
  discussionTopic,
  readDiscussion,
  requireDiscussion,
  typingGroup,
} from './discussion-id.js';
import { DiscussionState } from './discussion-state.js';
import { newestOf } from './newest.js';
import { allOf, cellReadable, type Readable } from './readable.js';
import { sendMessage, type ServiceManager } from './service-manager.js';
import { TopicReferences } from './topic-references.js';

const expertTopic = 'expert:updates';
const moderationTopic = 'moderation:events';
const nothing: readonly never[] = Object.freeze([]);

/**
 * Discussions, experts and moderation. Calls count, as with bills: a topic stays subscribed until it was unsubscribed
 * as often as it was subscribed. State lives in the manager's engine and is kept for what is subscribed; lists that are
 * put together from several discussions are new arrays every time.
 */
export class CommunityService {
  private readonly topics: TopicReferences<MessageCallback>;
  private readonly discussions = new Set<number>();
  private readonly state: DiscussionState;

  constructor(private readonly manager: ServiceManager) {
    this.state = new DiscussionState(() => manager.readModel);
    this.topics = new TopicReferences(
      manager,
      readsState((message) => {
        this.handleMessage(message);
      }),
    );
  }

  /** Nothing needs preparing; kept for callers that await it. */
  initialize(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends every subscription, however often it was made. */
  shutdown(): void {
    this.topics.releaseAll();
    this.discussions.clear();
  }

  /**
   * Takes the bill, or the discussion's key `bill_ID`. Returns the id of the discussion's one subscription. Throws when
   * it is no bill's number, and `too-many-subscriptions` when there are `community.maxConcurrentSubscriptions` already.
   */
  subscribeToDiscussion(discussion: BillId): string {
    const bill = requireDiscussion(discussion);
    const id = this.acquire(discussionTopic(bill));
    this.discussions.add(bill);
    return id;
  }

  /** Takes one `subscribeToDiscussion` back. Without one, nothing happens. */
  unsubscribeFromDiscussion(discussion: BillId): void {
    const bill = readDiscussion(discussion);
    if (bill !== null && this.topics.release(discussionTopic(bill))) this.discussions.delete(bill);
  }

  /** Throws as `subscribeToDiscussion`. */
  subscribeToExpertUpdates(): string {
    return this.acquire(expertTopic);
  }

  unsubscribeFromExpertUpdates(): void {
    this.topics.release(expertTopic);
  }

  /** Throws as `subscribeToDiscussion`. */
  subscribeToModerationEvents(): string {
    return this.acquire(moderationTopic);
  }

  unsubscribeFromModerationEvents(): void {
    this.topics.release(moderationTopic);
  }

  /** How many topics are subscribed. */
  getSubscriptionCount(): number {
    return this.topics.size;
  }

  /** The keys, `bill_ID`, of the subscribed discussions. */
  getSubscribedDiscussions(): string[] {
    return [...this.discussions].map(discussionKey);
  }

  /**
   * To be called at every keystroke, or once on focus: tells the others at most once per
   * `community.typingIndicatorTimeout`, and stops by itself that long after the last call.
   */
  sendTypingIndicator(billId: BillId, parentId?: ServerId | null): void {
    this.manager.command?.('startTyping', String(requireBillId(billId)), groupName(parentId));
  }

  stopTypingIndicator(billId: BillId, parentId?: ServerId | null): void {
    this.manager.command?.('stopTyping', String(requireBillId(billId)), groupName(parentId));
  }

  /**
   * Tells the server of a comment. Settles as the manager's `send`: resolves when the server has acknowledged it (dialect
   * v2) or it was sent (v1), rejects with the reason. The promise may be ignored.
   */
  sendCommentUpdate(billId: BillId, data: object, options?: SendOptions): Promise<void> {
    return this.sendAbout('comment_update', billId, data, options);
  }

  /** Tells the server of a vote, as `sendCommentUpdate`. */
  sendVoteUpdate(billId: BillId, data: object, options?: SendOptions): Promise<void> {
    return this.sendAbout('vote_update', billId, data, options);
  }

  /** Who types, one entry per user; they expire by themselves. The same array as long as nothing changed. */
  getTypingIndicators(billId: BillId, parentId?: ServerId | null): readonly TypingIndicator[] {
    const bill = readDiscussion(billId);
    return bill === null ? nothing : this.state.typing(bill, typingGroup(parentId));
  }

  /** Newest first, of every subscribed discussion or of one. */
  getRecentComments(limit = 20, billId?: BillId): CommentUpdate[] {
    return newestOf(this.listsOf(CellKind.comments, billId), limit);
  }

  /** Newest first, of every subscribed discussion or of one. */
  getRecentVotes(limit = 20, billId?: BillId): VoteUpdate[] {
    return newestOf(this.listsOf(CellKind.votes, billId), limit);
  }

  /** What else happened, newest first, in every subscribed discussion or in one. */
  getRecentActivity(limit = 20, billId?: BillId): CommunityActivity[] {
    const lists = this.listsOf(CellKind.activity, billId);
    return newestOf(lists as readonly (readonly CommunityActivity[])[], limit);
  }

  /** Newest first; while expert updates are subscribed. */
  getExpertActivity(limit = 20): ExpertActivity[] {
    return newestOf([this.activityOf(expertTopic) as readonly ExpertActivity[]], limit);
  }

  /** Newest first; while moderation events are subscribed. */
  getModerationEvents(limit = 20): ModerationEvent[] {
    return newestOf([this.activityOf(moderationTopic) as readonly ModerationEvent[]], limit);
  }

  /** How many people are in a discussion; null as long as the server has not said. */
  getPresence(billId: BillId): Presence | null {
    const bill = readDiscussion(billId);
    return bill === null ? null : this.state.value(bill, CellKind.presence);
  }

  /** Handles a message as if the server had sent it; state is kept for what is subscribed. */
  handleMessage(message: RealTimeMessage): void {
    this.manager.inject?.(message);
  }

  getStats(): CommunityStats {
    let typingUsers = 0;
    for (const bill of this.discussions) {
      const groups = this.state.value(bill, CellKind.typing) ?? {};
      for (const group of Object.values(groups)) typingUsers += group.length;
    }
    const count = (lists: readonly (readonly unknown[])[]): number =>
      lists.reduce((sum, list) => sum + list.length, 0);
    return {
      subscribedDiscussions: this.discussions.size,
      subscriptions: this.topics.size,
      maxConcurrentSubscriptions: this.limit,
      typingUsers,
      comments: count(this.listsOf(CellKind.comments)),
      votes: count(this.listsOf(CellKind.votes)),
    };
  }

  /** @internal */
  typingOf(bill: number, group: string): Readable {
    return this.state.typingReadable(bill, group);
  }

  /** @internal The names of the groups in which somebody types. */
  typingGroupsOf(bill: number): string[] {
    return Object.keys(this.state.value(bill, CellKind.typing) ?? {});
  }

  /** @internal */
  cellOf(bill: number, cell: CellKind): Readable {
    return this.state.readable(bill, cell);
  }

  /** @internal Which topics are subscribed. */
  get subscriptions(): Readable {
    return this.topics;
  }

  /** @internal */
  get expertActivity(): Readable {
    return cellReadable(this.manager.readModel, expertTopic, CellKind.activity);
  }

  /** @internal */
  get moderationEvents(): Readable {
    return cellReadable(this.manager.readModel, moderationTopic, CellKind.activity);
  }

  /** @internal Everything the methods for recent things may return, without `subscriptions`. */
  everything(): Readable {
    const cells = [CellKind.comments, CellKind.votes, CellKind.activity];
    return allOf([
      ...[...this.discussions].flatMap((bill) => cells.map((cell) => this.cellOf(bill, cell))),
      this.expertActivity,
      this.moderationEvents,
    ]);
  }

  private sendAbout(
    type: string,
    billId: BillId,
    data: object,
    options?: SendOptions,
  ): Promise<void> {
    const about = (): object => ({ ...data, billId: requireBillId(billId) });
    return sendMessage(this.manager, type, about, options);
  }

  private get limit(): number {
    const { community } = this.manager.settings ?? defaultRealTimeConfig;
    return community.maxConcurrentSubscriptions;
  }

  private acquire(topic: string): string {
    const { limit } = this;
    if (!this.topics.has(topic) && this.topics.size >= limit) {
      throw new EngineError(
        'too-many-subscriptions',
        `${topic} was not subscribed: ${this.topics.size} topics of the community are, and ` +
          `community.maxConcurrentSubscriptions is ${limit}. Unsubscribe what is not shown, or raise that limit.`,
        { context: { topic, limit, subscriptions: this.topics.size } },
      );
    }
    return this.topics.acquire(topic);
  }

  private listsOf<Kind extends ListCell>(
    cell: Kind,
    billId?: BillId,
  ): (readonly ListRecords[Kind][])[] {
    if (billId === undefined) {
      return [...this.discussions].map((bill) => this.state.list(bill, cell));
    }
    const bill = readDiscussion(billId);
    return bill === null ? [] : [this.state.list(bill, cell)];
  }

  private activityOf(topic: string): readonly unknown[] {
    return this.manager.readModel?.list(topic, CellKind.activity) ?? nothing;
  }
}

/** As the engine's commands have it: empty for the discussion itself. */
function groupName(parentId: ServerId | null | undefined): string {
  return parentId === null || parentId === undefined ? '' : String(parentId);
}
