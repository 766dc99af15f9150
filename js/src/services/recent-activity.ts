import type { RecentActivity } from '../types.js';
import type { CommunityService } from './community.js';
import { newestOf } from './newest.js';
import type { NotificationService } from './notifications.js';

interface Entry {
  readonly arrival: number;
  readonly activity: RecentActivity;
}

/** What happened lately in everything that is subscribed but bills, newest first. */
export function recentActivityOf(
  community: CommunityService,
  notifications: NotificationService,
  limit: number,
): RecentActivity[] {
  const lists = [
    community.getRecentComments(limit).map((record) => entry({ kind: 'comment', record })),
    community.getRecentVotes(limit).map((record) => entry({ kind: 'vote', record })),
    community.getRecentActivity(limit).map((record) => entry({ kind: 'community', record })),
    community.getExpertActivity(limit).map((record) => entry({ kind: 'expert', record })),
    community.getModerationEvents(limit).map((record) => entry({ kind: 'moderation', record })),
    notifications.getAllNotifications().map((record) => entry({ kind: 'notification', record })),
  ];
  return newestOf([lists.flat()], Infinity)
    .slice(0, Math.max(0, Math.floor(limit)))
    .map(({ activity }) => activity);
}

function entry(activity: RecentActivity): Entry {
  return { arrival: activity.record.arrival, activity };
}
