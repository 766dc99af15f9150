import { useBillTracking, type BillUpdate } from '@client/core/realtime';

import { useCalm } from '../activity/use-calm';

/** When much happens, nobody reads more often than this. */
const intervalMs = 250;

/** What is known of a bill, oldest first, in a rhythm people can follow. */
export function useCalmUpdates(billId: number): readonly BillUpdate[] {
  return useCalm(useBillTracking().getBillUpdates(billId), intervalMs);
}
