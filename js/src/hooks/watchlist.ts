import { requireBillId } from '../services/bill-id.js';
import type { BillTrackingService } from '../services/bill-tracking.js';
import type { Readable } from '../services/readable.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { BillId } from '../types.js';

/**
 * The bills one component has subscribed to, each once. While the component is mounted they are held at its service;
 * before, after, and while React hides it, they are only remembered.
 */
export class Watchlist implements Readable {
  private wanted: ReadonlySet<number> = new Set();
  private readonly listeners = new Set<() => void>();
  private service: RealTimeService | null = null;
  private held = new Map<number, BillTrackingService>();

  /** The same set as long as nothing changed. */
  get bills(): ReadonlySet<number> {
    return this.wanted;
  }

  version(): unknown {
    return this.wanted;
  }

  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Never changes, so that it needs no place in a dependency list. */
  readonly subscribeToBill = (id: BillId): void => {
    const bill = requireBillId(id);
    if (!this.wanted.has(bill)) this.replace(new Set([...this.wanted, bill]));
    this.hold(bill);
  };

  /** Never changes, so that it needs no place in a dependency list. */
  readonly unsubscribeFromBill = (id: BillId): void => {
    const bill = requireBillId(id);
    if (!this.wanted.has(bill)) return;
    this.replace(new Set([...this.wanted].filter((other) => other !== bill)));
    this.held.get(bill)?.unsubscribeFromBill(bill);
    this.held.delete(bill);
  };

  /** Holds the bills at `service` until the returned function is called. */
  attach(service: RealTimeService): () => void {
    this.service = service;
    this.holdAll();
    const stopListening = service.onReset(() => {
      // The subscriptions are gone with the engine; a mounted component still wants them.
      this.held.clear();
      this.holdAll();
    });
    return () => {
      stopListening();
      this.service = null;
      for (const [bill, bills] of this.held) bills.unsubscribeFromBill(bill);
      this.held.clear();
    };
  }

  private holdAll(): void {
    for (const bill of this.wanted) this.hold(bill);
  }

  private hold(bill: number): void {
    if (this.service === null || this.held.has(bill)) return;
    const bills = this.service.getBillTrackingService();
    bills.subscribeToBill(bill);
    this.held.set(bill, bills);
    this.service.startWhenUsed();
  }

  private replace(bills: ReadonlySet<number>): void {
    this.wanted = bills;
    for (const listener of [...this.listeners]) listener();
  }
}
