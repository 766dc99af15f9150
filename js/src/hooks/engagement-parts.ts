import { readBillId } from '../services/bill-id.js';
import { typingGroup } from '../services/discussion-id.js';
import { holding } from '../services/readable.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type {
  BillId,
  BillMover,
  BillUpdate,
  EngagementAnalytics,
  EngagementMetrics,
  ServerId,
  TypingIndicator,
} from '../types.js';
import { engagementReader, updatesReader, watchedBills } from './bill-tracking-parts.js';
import { orNothing } from './community-parts.js';
import { connectedPart } from './connection-part.js';
import { followDiscussion } from './follow.js';
import type { ReadTracker } from './read-tracker.js';
import type { PartMakers } from './tracked-view.js';
import type { Watchlist } from './watchlist.js';

/** What a component can read. Reading a property or calling a reader is what makes the component depend on it. */
export interface EngagementState {
  /** Whether there is a connection. */
  readonly isConnected: boolean;
  /** The bills this component has subscribed to. */
  readonly subscribedBills: ReadonlySet<number>;
  /** Newest first; 10 unless said otherwise. A new function when what it returned changed, as all below. */
  readonly getRecentUpdates: (billId: BillId, limit?: number) => readonly BillUpdate[];
  /** Null as long as nothing is known. */
  readonly getEngagementMetrics: (billId: BillId) => EngagementMetrics | null;
  /** Who types in a bill's discussion, which is subscribed while a component reads this. */
  readonly getTypingIndicators: (
    billId: BillId,
    parentId?: ServerId | null,
  ) => readonly TypingIndicator[];
  /**
   * Rates and trends of a subscribed bill over a minute, a quarter of an hour and a day; null as long as nothing is
   * known. Computed while a component reads this or `movers`, at most once a second.
   */
  readonly getEngagementAnalytics: (billId: BillId) => EngagementAnalytics | null;
  /** The subscribed bills of this page that move most, best first, at most ten. */
  readonly movers: readonly BillMover[];
}

export function engagementParts(
  service: RealTimeService,
  watchlist: Watchlist,
): PartMakers<EngagementState> {
  const updates = updatesReader(service);
  const metrics = engagementReader(service);
  return {
    isConnected: connectedPart(service),
    subscribedBills: watchedBills(watchlist),
    getRecentUpdates: (tracker) => {
      const readAll = updates(tracker);
      const read = (billId: BillId, limit = 10): readonly BillUpdate[] =>
        limit > 0 ? readAll(billId).slice(-limit).reverse() : [];
      return () => read;
    },
    getEngagementMetrics: (tracker) => {
      const read = metrics(tracker);
      return () => read;
    },
    getTypingIndicators: (tracker) => {
      const read = typingReader(service, tracker);
      return () => read;
    },
    getEngagementAnalytics: (tracker) => {
      const engagement = service.getEngagementService();
      const read = (billId: BillId): EngagementAnalytics | null => {
        const bill = readBillId(billId);
        if (bill !== null) tracker.note(`analytics ${bill}`, () => engagement.analyticsOf(bill));
        return engagement.getAnalytics(billId);
      };
      return () => read;
    },
    movers: (tracker) => () => {
      const engagement = service.getEngagementService();
      tracker.note('movers', () => engagement.movers);
      return engagement.getMovers();
    },
  };
}

function typingReader(
  service: RealTimeService,
  tracker: ReadTracker,
): EngagementState['getTypingIndicators'] {
  const community = service.getCommunityService();
  return (billId, parentId) => {
    const bill = readBillId(billId);
    if (bill !== null) {
      const group = typingGroup(parentId);
      tracker.note(`typing ${bill}_${group}`, () =>
        holding(community.typingOf(bill, group), () => orNothing(followDiscussion(service, bill))),
      );
    }
    return community.getTypingIndicators(billId, parentId);
  };
}

const nothing: readonly never[] = Object.freeze([]);

/** What there is to read on a server. */
export const noEngagement: EngagementState = Object.freeze({
  isConnected: false,
  subscribedBills: new Set<number>(),
  getRecentUpdates: () => nothing,
  getEngagementMetrics: () => null,
  getTypingIndicators: () => nothing,
  getEngagementAnalytics: () => null,
  movers: nothing,
});
