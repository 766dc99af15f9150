import { readBillId } from '../services/bill-id.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { BillId, BillUpdate, EngagementMetrics } from '../types.js';
import { connectedPart } from './connection-part.js';
import { LazyMap } from './lazy-map.js';
import type { ReadTracker } from './read-tracker.js';
import type { PartMakers } from './tracked-view.js';
import type { Watchlist } from './watchlist.js';

/** What a component can read. Reading a property or calling a reader is what makes the component depend on it. */
export interface BillTrackingState {
  /** Whether there is a connection. */
  readonly isConnected: boolean;
  /** The bills this component has subscribed to. */
  readonly subscribedBills: ReadonlySet<number>;
  /** The updates of those bills that have any. Looking at one bill depends on that bill, looking at all on all. */
  readonly billUpdates: ReadonlyMap<number, readonly BillUpdate[]>;
  /** The engagement of those bills of which it is known. */
  readonly engagementMetrics: ReadonlyMap<number, EngagementMetrics>;
  /** Oldest first, the newest 50; empty as long as nothing is known. A new function when what it returned changed. */
  readonly getBillUpdates: (billId: BillId) => readonly BillUpdate[];
  /** Null as long as nothing is known. A new function when what it returned changed. */
  readonly getEngagementMetrics: (billId: BillId) => EngagementMetrics | null;
}

export function billTrackingParts(
  service: RealTimeService,
  watchlist: Watchlist,
): PartMakers<BillTrackingState> {
  const updates = updatesReader(service);
  const engagement = engagementReader(service);
  const bills = watchedBills(watchlist);
  return {
    isConnected: connectedPart(service),
    subscribedBills: bills,
    billUpdates: (tracker) => {
      const read = updates(tracker);
      const map = new LazyMap<number, readonly BillUpdate[]>({
        keys: bills(tracker),
        read: (bill) => {
          const known = read(bill);
          return known.length === 0 ? undefined : known;
        },
      });
      return () => map;
    },
    engagementMetrics: (tracker) => {
      const read = engagement(tracker);
      const map = new LazyMap<number, EngagementMetrics>({
        keys: bills(tracker),
        read: (bill) => read(bill) ?? undefined,
      });
      return () => map;
    },
    getBillUpdates: (tracker) => {
      const read = updates(tracker);
      return () => read;
    },
    getEngagementMetrics: (tracker) => {
      const read = engagement(tracker);
      return () => read;
    },
  };
}

/** The bills of a component's watchlist. */
export function watchedBills(watchlist: Watchlist) {
  return (tracker: ReadTracker) => (): ReadonlySet<number> => {
    tracker.note('watchlist', () => watchlist);
    return watchlist.bills;
  };
}

/** Notes in the tracker which bills' updates are read. */
export function updatesReader(service: RealTimeService) {
  return (tracker: ReadTracker) =>
    (billId: BillId): readonly BillUpdate[] => {
      const bills = service.getBillTrackingService();
      const bill = readBillId(billId);
      if (bill !== null) tracker.note(`updates ${bill}`, () => bills.updatesOf(bill));
      return bills.getBillUpdates(billId);
    };
}

/** Notes in the tracker which bills' engagement is read. */
export function engagementReader(service: RealTimeService) {
  return (tracker: ReadTracker) =>
    (billId: BillId): EngagementMetrics | null => {
      const bills = service.getBillTrackingService();
      const bill = readBillId(billId);
      if (bill !== null) tracker.note(`engagement ${bill}`, () => bills.engagementOf(bill));
      return bills.getEngagementMetrics(billId);
    };
}

const noUpdates: readonly BillUpdate[] = Object.freeze([]);

/** What there is to read on a server. */
export const noBillTracking: BillTrackingState = Object.freeze({
  isConnected: false,
  subscribedBills: new Set<number>(),
  billUpdates: new Map<number, readonly BillUpdate[]>(),
  engagementMetrics: new Map<number, EngagementMetrics>(),
  getBillUpdates: () => noUpdates,
  getEngagementMetrics: () => null,
});
