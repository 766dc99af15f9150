import type { Timers } from '../engine/timers.js';
import type { RealTimeNotification } from '../types.js';
import { Keeper, type KeptThings, type ThingArchive } from './keeper.js';
import { NotificationArchive } from './notification-archive.js';

/** The notifications of one page, newest first. */
export type KeptNotifications = KeptThings<RealTimeNotification>;

/** Keeps the unread notifications of one page, in IndexedDB unless said otherwise. */
export class NotificationKeeper extends Keeper<RealTimeNotification> {
  constructor(
    page: KeptNotifications,
    archive: ThingArchive<RealTimeNotification> = new NotificationArchive(),
    timers?: Timers,
  ) {
    const rules = {
      idOf: ({ id }: RealTimeNotification) => id,
      isWorthKeeping: ({ read }: RealTimeNotification) => !read,
      // One of the same id that comes anew has a new arrival.
      cameAfter(others: readonly RealTimeNotification[]) {
        const newest = others.reduce((last, { arrival }) => Math.max(last, arrival), -Infinity);
        return ({ arrival }: RealTimeNotification) => arrival > newest;
      },
      isStillWanted: () => true,
    };
    super(page, rules, archive, timers);
  }
}
