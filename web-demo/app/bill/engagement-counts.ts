import type { BillUpdate, EngagementMetrics } from '@client/core/realtime';

import { momentOf } from '../format/dates';
import { readNumber } from '../updates/fields';

export interface EngagementCounts {
  readonly viewCount: number;
  readonly commentCount: number;
  readonly saveCount: number;
  readonly shareCount: number;
}

/**
 * The newest counts, whichever way they came: as metrics, or as an update that tells of a change. Null: the source
 * counts nothing.
 */
export function newestCounts(
  metrics: EngagementMetrics | null,
  updates: readonly BillUpdate[],
): EngagementCounts | null {
  const change = updates.findLast(({ type }) => type === 'engagement_change');
  if (change === undefined) return metrics;
  const told = metrics === null ? null : momentOf(metrics.timestamp);
  const changed = momentOf(change.timestamp);
  if (told !== null && (changed === null || changed <= told)) return metrics;
  const { data } = change;
  return {
    viewCount: readNumber(data, 'view_count') ?? metrics?.viewCount ?? 0,
    commentCount: readNumber(data, 'comment_count') ?? metrics?.commentCount ?? 0,
    saveCount: readNumber(data, 'save_count') ?? metrics?.saveCount ?? 0,
    shareCount: readNumber(data, 'share_count') ?? metrics?.shareCount ?? 0,
  };
}
