import { requireDiscussion } from '../services/discussion-id.js';
import type { Readable } from '../services/readable.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { BillId } from '../types.js';
import type { Follow } from './follow.js';

/**
 * The bills, or the discussions of bills, one component has subscribed to, each once. While the component is mounted
 * they are held at its service; before, after, and while React hides it, they are only remembered. One that cannot be
 * followed is dropped.
 */
export class Watchlist implements Readable {
  private wanted: ReadonlySet<number> = new Set();
  private readonly listeners = new Set<() => void>();
  private service: RealTimeService | null = null;
  private held = new Map<number, () => void>();

  constructor(private readonly follow: Follow) {}

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
  readonly add = (id: BillId): void => {
    const bill = requireDiscussion(id);
    if (this.service !== null && !this.followNow(this.service, bill)) return;
    if (!this.wanted.has(bill)) this.replace(new Set([...this.wanted, bill]));
  };

  /** Never changes, so that it needs no place in a dependency list. */
  readonly remove = (id: BillId): void => {
    const bill = requireDiscussion(id);
    if (!this.wanted.has(bill)) return;
    this.drop(bill);
    this.held.get(bill)?.();
    this.held.delete(bill);
  };

  /** Holds the bills at `service` until the returned function is called. */
  attach(service: RealTimeService): () => void {
    this.service = service;
    this.followAll(service);
    const stopListening = service.onReset(() => {
      // The subscriptions are gone with the engine; a mounted component still wants them.
      this.held.clear();
      this.followAll(service);
    });
    return () => {
      stopListening();
      this.service = null;
      for (const end of this.held.values()) end();
      this.held.clear();
    };
  }

  private followAll(service: RealTimeService): void {
    for (const bill of this.wanted) {
      if (!this.followNow(service, bill)) this.drop(bill);
    }
  }

  private followNow(service: RealTimeService, bill: number): boolean {
    if (this.held.has(bill)) return true;
    const end = this.follow(service, bill);
    if (end === null) return false;
    this.held.set(bill, end);
    service.startWhenUsed();
    return true;
  }

  private drop(bill: number): void {
    this.replace(new Set([...this.wanted].filter((other) => other !== bill)));
  }

  private replace(bills: ReadonlySet<number>): void {
    this.wanted = bills;
    for (const listener of [...this.listeners]) listener();
  }
}
