import { readBillId } from '../services/bill-id.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { BillId, BillUpdate, EngagementMetrics } from '../types.js';
import { LazyBillMap } from './lazy-bill-map.js';
import { ReadTracker } from './read-tracker.js';
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

/** A value through which a component reads, and what it has read through it. */
interface Tracked<Value> {
  readonly value: Value;
  readonly tracker: ReadTracker;
}

interface Parts {
  isConnected: Tracked<() => boolean>;
  subscribedBills: Tracked<() => ReadonlySet<number>>;
  billUpdates: Tracked<BillTrackingState['billUpdates']>;
  engagementMetrics: Tracked<BillTrackingState['engagementMetrics']>;
  getBillUpdates: Tracked<BillTrackingState['getBillUpdates']>;
  getEngagementMetrics: Tracked<BillTrackingState['getEngagementMetrics']>;
}

/**
 * One component's view of one service. Each part of the state keeps its identity until something that was read
 * through it changed; the state as a whole keeps its identity as long as all its parts do.
 *
 * A part, and not only the state, remembers its reads, because whoever caches by identity, as the React Compiler
 * does, calls a reader that stayed the same no second time.
 */
export class BillTrackingView {
  private state: BillTrackingState | null = null;
  private parts: Parts | null = null;
  private onStoreChange: (() => void) | null = null;
  /** One function for all reads, so that a bundle that changes many calls it once. */
  private readonly notify = (): void => {
    this.onStoreChange?.();
  };

  constructor(
    private readonly service: RealTimeService,
    private readonly watchlist: Watchlist,
  ) {}

  readonly subscribe = (onStoreChange: () => void): (() => void) => {
    this.onStoreChange = onStoreChange;
    for (const { tracker } of this.trackedParts()) tracker.startWatching();
    return () => {
      this.onStoreChange = null;
      for (const { tracker } of this.trackedParts()) tracker.stopWatching();
    };
  };

  readonly getSnapshot = (): BillTrackingState => {
    const before = this.parts;
    const parts: Parts = {
      isConnected: this.keep(before?.isConnected, this.connectionReader),
      subscribedBills: this.keep(before?.subscribedBills, this.watchlistReader),
      billUpdates: this.keep(before?.billUpdates, this.updatesMap),
      engagementMetrics: this.keep(before?.engagementMetrics, this.engagementMap),
      getBillUpdates: this.keep(before?.getBillUpdates, this.updatesReader),
      getEngagementMetrics: this.keep(before?.getEngagementMetrics, this.engagementReader),
    };
    const same = (Object.keys(parts) as (keyof Parts)[]).every(
      (name) => before !== null && before[name] === parts[name],
    );
    if (this.state !== null && same) return this.state;
    this.parts = parts;
    this.state = stateOf(parts);
    return this.state;
  };

  private trackedParts(): readonly Tracked<unknown>[] {
    return this.parts === null ? [] : Object.values<Tracked<unknown>>({ ...this.parts });
  }

  private keep<Value>(
    before: Tracked<Value> | undefined,
    make: (tracker: ReadTracker) => Value,
  ): Tracked<Value> {
    if (before !== undefined && !before.tracker.isStale()) return before;
    before?.tracker.stopWatching();
    const tracker = new ReadTracker(this.notify, this.onStoreChange !== null);
    return { value: make(tracker), tracker };
  }

  private readonly connectionReader = (tracker: ReadTracker) => () => {
    tracker.note('connection', () => ({
      version: () => this.service.isConnected(),
      watch: (listener) => this.service.manager.watchConnection(listener),
    }));
    return this.service.isConnected();
  };

  private readonly watchlistReader = (tracker: ReadTracker) => () => {
    tracker.note('watchlist', () => this.watchlist);
    return this.watchlist.bills;
  };

  private readonly updatesReader = (tracker: ReadTracker) => (billId: BillId) => {
    const bills = this.service.getBillTrackingService();
    const bill = readBillId(billId);
    if (bill !== null) tracker.note(`updates ${bill}`, () => bills.updatesOf(bill));
    return bills.getBillUpdates(billId);
  };

  private readonly engagementReader = (tracker: ReadTracker) => (billId: BillId) => {
    const bills = this.service.getBillTrackingService();
    const bill = readBillId(billId);
    if (bill !== null) tracker.note(`engagement ${bill}`, () => bills.engagementOf(bill));
    return bills.getEngagementMetrics(billId);
  };

  private readonly updatesMap = (tracker: ReadTracker) => {
    const read = this.updatesReader(tracker);
    return new LazyBillMap<readonly BillUpdate[]>({
      bills: this.watchlistReader(tracker),
      read: (bill) => {
        const updates = read(bill);
        return updates.length === 0 ? undefined : updates;
      },
    });
  };

  private readonly engagementMap = (tracker: ReadTracker) => {
    const read = this.engagementReader(tracker);
    return new LazyBillMap<EngagementMetrics>({
      bills: this.watchlistReader(tracker),
      read: (bill) => read(bill) ?? undefined,
    });
  };
}

function stateOf(parts: Parts): BillTrackingState {
  return Object.freeze({
    get isConnected() {
      return parts.isConnected.value();
    },
    get subscribedBills() {
      return parts.subscribedBills.value();
    },
    billUpdates: parts.billUpdates.value,
    engagementMetrics: parts.engagementMetrics.value,
    getBillUpdates: parts.getBillUpdates.value,
    getEngagementMetrics: parts.getEngagementMetrics.value,
  });
}

const noUpdates: readonly BillUpdate[] = Object.freeze([]);

/** What there is to read on a server, and while a page that came from one is taken over. */
export const emptyState: BillTrackingState = Object.freeze({
  isConnected: false,
  subscribedBills: new Set<number>(),
  billUpdates: new Map<number, readonly BillUpdate[]>(),
  engagementMetrics: new Map<number, EngagementMetrics>(),
  getBillUpdates: () => noUpdates,
  getEngagementMetrics: () => null,
});
