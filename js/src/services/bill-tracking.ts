import { CellKind } from '../engine/abi.js';
import type {
  BillId,
  BillTrackingStats,
  BillUpdate,
  EngagementMetrics,
  MessageCallback,
  RealTimeMessage,
} from '../types.js';
import { readsState } from '../websocket/reads-state.js';
import { billTopic, readBillId, requireBillId } from './bill-id.js';
import { cellReadable, type Readable } from './readable.js';
import type { ServiceManager } from './service-manager.js';
import { TopicReferences } from './topic-references.js';

const noUpdates: readonly BillUpdate[] = Object.freeze([]);

/**
 * Follows bills. Calls count: a bill stays subscribed until `unsubscribeFromBill` was called as often as
 * `subscribeToBill`. Updates and engagement live in the manager's engine and are kept for subscribed bills; with a
 * mock that has no engine there is nothing to read.
 */
export class BillTrackingService {
  private readonly bills = new Map<number, string>();
  private readonly topics: TopicReferences<MessageCallback>;

  constructor(private readonly manager: ServiceManager) {
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
    this.bills.clear();
  }

  /** Returns the id of the bill's one subscription. Throws when `id` is no bill's number. */
  subscribeToBill(id: BillId): string {
    const bill = requireBillId(id);
    const topic = billTopic(bill);
    const subscription = this.topics.acquire(topic);
    this.bills.set(bill, topic);
    return subscription;
  }

  /** Takes one `subscribeToBill` back. Without one, nothing happens. */
  unsubscribeFromBill(id: BillId): void {
    const bill = readBillId(id);
    if (bill !== null && this.topics.release(billTopic(bill))) this.bills.delete(bill);
  }

  /** How many bills are subscribed. */
  getSubscriptionCount(): number {
    return this.bills.size;
  }

  getSubscribedBills(): number[] {
    return [...this.bills.keys()];
  }

  /** Oldest first, the newest 50. The same array for as long as nothing changed. */
  getBillUpdates(id: BillId): readonly BillUpdate[] {
    const bill = readBillId(id);
    if (bill === null) return noUpdates;
    return this.manager.readModel?.list(billTopic(bill), CellKind.billUpdates) ?? noUpdates;
  }

  getEngagementMetrics(id: BillId): EngagementMetrics | null {
    const bill = readBillId(id);
    if (bill === null) return null;
    return this.manager.readModel?.value(billTopic(bill), CellKind.billEngagement) ?? null;
  }

  /** Of every subscribed bill whose engagement is known. */
  getAllEngagementMetrics(): Map<number, EngagementMetrics> {
    const all = new Map<number, EngagementMetrics>();
    for (const bill of this.bills.keys()) {
      const metrics = this.getEngagementMetrics(bill);
      if (metrics !== null) all.set(bill, metrics);
    }
    return all;
  }

  /** Handles a message as if the server had sent it; state is kept for subscribed bills. */
  handleMessage(message: RealTimeMessage): void {
    this.manager.inject?.(message);
  }

  getStats(): BillTrackingStats {
    let totalUpdates = 0;
    for (const bill of this.bills.keys()) totalUpdates += this.getBillUpdates(bill).length;
    return {
      subscribedBills: this.bills.size,
      totalUpdates,
      queuedUpdates: 0,
      engagementMetrics: this.getAllEngagementMetrics().size,
    };
  }

  /** @internal */
  updatesOf(bill: number): Readable {
    return cellReadable(this.manager.readModel, billTopic(bill), CellKind.billUpdates);
  }

  /** @internal */
  engagementOf(bill: number): Readable {
    return cellReadable(this.manager.readModel, billTopic(bill), CellKind.billEngagement);
  }
}
