import { realTimeService, type BillUpdate } from '@client/core/realtime';

import type { BillCounts } from '../gateway/bill-description';

/** What has been counted of one bill. */
interface Seen {
  readonly actions: Set<string>;
  readonly amendments: Set<string>;
  readonly votes: Set<string>;
}

const kinds: Readonly<Record<string, keyof Seen>> = {
  status_change: 'actions',
  amendment: 'amendments',
  voting_scheduled: 'votes',
};

/** Listeners are told of many updates at once. */
const noticeMs = 100;

/**
 * Counts, bill by bill, the actions, amendments and votes that reach this page as events. Each counts once, by its
 * `eventId`, also when the gateway's history brings it again. Counting begins with the first bill that is followed.
 */
export class ReplayCounter {
  private readonly seen = new Map<number, Seen>();
  private readonly listeners = new Set<() => void>();
  private counts: ReadonlyMap<number, BillCounts> = new Map();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Follows the bills and counts until the returned function is called. */
  follow(billIds: readonly number[]): () => void {
    const bills = realTimeService.getBillTrackingService();
    const stopListening = realTimeService.on('billUpdate', (update) => {
      this.count(update);
    });
    for (const billId of billIds) bills.subscribeToBill(billId);
    return () => {
      stopListening();
      for (const billId of billIds) bills.unsubscribeFromBill(billId);
    };
  }

  /** By bill id; the same map as long as nothing was counted. */
  readonly snapshot = (): ReadonlyMap<number, BillCounts> => this.counts;

  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  private count({ type, data }: BillUpdate): void {
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    const { billId, eventId } = data;
    if (kind === undefined || typeof eventId !== 'string') return;
    let seen = this.seen.get(billId);
    if (seen === undefined) {
      seen = { actions: new Set(), amendments: new Set(), votes: new Set() };
      this.seen.set(billId, seen);
    }
    if (seen[kind].has(eventId)) return;
    seen[kind].add(eventId);
    this.timer ??= setTimeout(this.tell, noticeMs);
  }

  private readonly tell = (): void => {
    this.timer = undefined;
    this.counts = new Map(
      [...this.seen].map(([billId, { actions, amendments, votes }]) => [
        billId,
        { actions: actions.size, amendments: amendments.size, votes: votes.size },
      ]),
    );
    for (const listener of [...this.listeners]) listener();
  };
}

export const nothingCounted: BillCounts = { actions: 0, amendments: 0, votes: 0 };
