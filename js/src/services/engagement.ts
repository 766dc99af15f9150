import { CellKind } from '../engine/abi.js';
import type { BillId, BillMover, EngagementAnalytics, MessageCallback } from '../types.js';
import { readsState } from '../websocket/reads-state.js';
import { billTopic, readBillId } from './bill-id.js';
import { cellReadable, holding, type Readable } from './readable.js';
import type { ServiceManager } from './service-manager.js';
import { TopicReferences } from './topic-references.js';

/** Never reaches the server: being subscribed is what makes the engine compute. */
const topic = 'local:engagement';
const nothing: readonly never[] = Object.freeze([]);

/**
 * How bills move: rates and trends over a minute, a quarter of an hour and a day, and the bills that move most. The
 * engine computes it out of the engagement of subscribed bills, and only while somebody wants it.
 */
export class EngagementService {
  private readonly topics: TopicReferences<MessageCallback>;

  constructor(private readonly manager: ServiceManager) {
    this.topics = new TopicReferences(
      manager,
      readsState(() => undefined),
    );
  }

  /** From now on it is computed, until the returned function is called. Calls count. */
  subscribeToAnalytics(): () => void {
    this.topics.acquire(topic);
    let isHeld = true;
    return () => {
      if (isHeld) this.topics.release(topic);
      isHeld = false;
    };
  }

  /** Null as long as nothing is known. The same object as long as nothing changed. */
  getAnalytics(billId: BillId): EngagementAnalytics | null {
    const bill = readBillId(billId);
    if (bill === null) return null;
    return this.manager.readModel?.value(billTopic(bill), CellKind.billAnalytics) ?? null;
  }

  /** The subscribed bills that move most, best first, at most ten. The same array as long as nothing changed. */
  getMovers(): readonly BillMover[] {
    return this.manager.readModel?.value(topic, CellKind.movers) ?? nothing;
  }

  /** Ends the computing, however often it was asked for. */
  shutdown(): void {
    this.topics.releaseAll();
  }

  /** @internal */
  analyticsOf(bill: number): Readable {
    return this.held(cellReadable(this.manager.readModel, billTopic(bill), CellKind.billAnalytics));
  }

  /** @internal */
  get movers(): Readable {
    return this.held(cellReadable(this.manager.readModel, topic, CellKind.movers));
  }

  private held(readable: Readable): Readable {
    return holding(readable, () => this.subscribeToAnalytics());
  }
}
