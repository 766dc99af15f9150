import { useBillTracking } from '@client/core/realtime';

import { useCalmUpdates } from '../bills/use-calm-updates';
import { EngagementCounters } from './engagement-counters';
import { newestCounts } from './engagement-counts';

/** How much attention the bill has got so far. */
export function LiveCounters({ billId }: { billId: number }) {
  const updates = useCalmUpdates(billId);
  const metrics = useBillTracking().getEngagementMetrics(billId);
  return <EngagementCounters counts={newestCounts(metrics, updates)} />;
}
