import { CellKind } from '../engine/abi.js';
import type { ListCell } from '../engine/cell-records.js';
import { readBillId } from '../services/bill-id.js';
import { discussionKey, readDiscussion } from '../services/discussion-id.js';
import { holding, type Readable } from '../services/readable.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type {
  BillId,
  CommentUpdate,
  CommunityActivity,
  ExpertActivity,
  ModerationEvent,
  Presence,
  TypingIndicator,
  VoteUpdate,
} from '../types.js';
import { connectedPart } from './connection-part.js';
import { followCommunity } from './follow.js';
import { LazyMap } from './lazy-map.js';
import type { ReadTracker } from './read-tracker.js';
import type { PartMakers } from './tracked-view.js';
import type { Watchlist } from './watchlist.js';

/** What a component can read. Reading a property or calling a reader is what makes the component depend on it. */
export interface CommunityState {
  /** Whether there is a connection. */
  readonly isConnected: boolean;
  /** The keys, `bill_ID`, of the discussions this component has subscribed to. */
  readonly subscribedDiscussions: ReadonlySet<string>;
  /**
   * Who types in those discussions, by `<billId>_<parentId>`, or `<billId>_root` where no comment is answered. Looking
   * at one entry depends on that entry alone.
   */
  readonly typingIndicators: ReadonlyMap<string, readonly TypingIndicator[]>;
  /** The newest 20 of those discussions, newest first; the same array as long as nothing changed, as all below. */
  readonly recentComments: readonly CommentUpdate[];
  readonly recentVotes: readonly VoteUpdate[];
  readonly recentActivity: readonly CommunityActivity[];
  /** The newest 20 things experts did, newest first. Looking at it subscribes to them. */
  readonly expertActivity: readonly ExpertActivity[];
  /** The newest 20 things moderators did, newest first. Looking at it subscribes to them. */
  readonly moderationEvents: readonly ModerationEvent[];
  /** How many people are in a discussion; null as long as the server has not said. */
  readonly getPresence: (billId: BillId) => Presence | null;
}

export function communityParts(
  service: RealTimeService,
  watchlist: Watchlist,
): PartMakers<CommunityState> {
  const community = () => service.getCommunityService();
  const noteWatchlist = (tracker: ReadTracker): ReadonlySet<number> => {
    tracker.note('watchlist', () => watchlist);
    return watchlist.bills;
  };
  const recent =
    <Item extends { readonly arrival: number }>(
      cell: ListCell,
      read: (bill: number) => readonly Item[],
    ) =>
    (tracker: ReadTracker) =>
      once(() => {
        const bills = [...noteWatchlist(tracker)];
        for (const bill of bills) {
          tracker.note(`cell ${cell} ${bill}`, () => community().cellOf(bill, cell));
        }
        const all = bills.flatMap((bill) => read(bill));
        return all.sort((one, other) => other.arrival - one.arrival).slice(0, 20);
      });
  return {
    isConnected: connectedPart(service),
    subscribedDiscussions: (tracker) =>
      once(() => new Set([...noteWatchlist(tracker)].map(discussionKey))),
    typingIndicators: (tracker) => {
      const map = typingMap(service, tracker, () => noteWatchlist(tracker));
      return () => map;
    },
    recentComments: recent(CellKind.comments, (bill) => community().getRecentComments(20, bill)),
    recentVotes: recent(CellKind.votes, (bill) => community().getRecentVotes(20, bill)),
    recentActivity: recent(CellKind.activity, (bill) => community().getRecentActivity(20, bill)),
    expertActivity: (tracker) =>
      once(() => {
        tracker.note('experts', () => heldExperts(service));
        return community().getExpertActivity();
      }),
    moderationEvents: (tracker) =>
      once(() => {
        tracker.note('moderation', () => heldModeration(service));
        return community().getModerationEvents();
      }),
    getPresence: (tracker) => {
      const read = (billId: BillId): Presence | null => {
        const bill = readDiscussion(billId);
        if (bill === null) return null;
        const cell = CellKind.presence;
        tracker.note(`cell ${cell} ${bill}`, () => community().cellOf(bill, cell));
        return community().getPresence(bill);
      };
      return () => read;
    },
  };
}

function typingMap(
  service: RealTimeService,
  tracker: ReadTracker,
  bills: () => Iterable<number>,
): ReadonlyMap<string, readonly TypingIndicator[]> {
  const community = service.getCommunityService();
  return new LazyMap({
    *keys() {
      for (const bill of bills()) {
        const cell = CellKind.typing;
        tracker.note(`cell ${cell} ${bill}`, () => community.cellOf(bill, cell));
        for (const group of community.typingGroupsOf(bill)) yield `${bill}_${group}`;
      }
    },
    read: (key) => {
      const [, digits = '', group = ''] = /^(\d+)_(.+)$/s.exec(key) ?? [];
      const bill = readBillId(digits);
      if (bill === null) return undefined;
      tracker.note(`typing ${key}`, () => community.typingOf(bill, group));
      const typing = community.getTypingIndicators(bill, group);
      return typing.length === 0 ? undefined : typing;
    },
  });
}

function heldExperts(service: RealTimeService): Readable {
  return holding(service.getCommunityService().expertActivity, () =>
    orNothing(
      followCommunity(service, (community) => {
        community.subscribeToExpertUpdates();
        return () => {
          community.unsubscribeFromExpertUpdates();
        };
      }),
    ),
  );
}

function heldModeration(service: RealTimeService): Readable {
  return holding(service.getCommunityService().moderationEvents, () =>
    orNothing(
      followCommunity(service, (community) => {
        community.subscribeToModerationEvents();
        return () => {
          community.unsubscribeFromModerationEvents();
        };
      }),
    ),
  );
}

/** What ends a subscription, also one that could not be made. */
export function orNothing(end: (() => void) | null): () => void {
  return end ?? (() => undefined);
}

/** What `read` returned the first time: a part is made anew when that changed. */
function once<Value>(read: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => (known ??= { value: read() }).value;
}

const nothing: readonly never[] = Object.freeze([]);

/** What there is to read on a server. */
export const noCommunity: CommunityState = Object.freeze({
  isConnected: false,
  subscribedDiscussions: new Set<string>(),
  typingIndicators: new Map<string, readonly TypingIndicator[]>(),
  recentComments: nothing,
  recentVotes: nothing,
  recentActivity: nothing,
  expertActivity: nothing,
  moderationEvents: nothing,
  getPresence: () => null,
});
