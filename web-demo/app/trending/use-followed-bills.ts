import { useEffect } from 'react';

import type { RealtimeEngagement } from '@client/core/realtime';

import type { BillDescription } from '../gateway/bill-description';

/** The gateway takes 1,000 subscriptions of one connection; this leaves some for everything else. */
const most = 500;

/** Follows the bills for as long as the component is there, so that they can move. */
export function useFollowedBills(
  { subscribeToBill, unsubscribeFromBill }: RealtimeEngagement,
  bills: readonly BillDescription[],
): void {
  useEffect(() => {
    const followed = bills.slice(0, most);
    for (const { id } of followed) subscribeToBill(id);
    return () => {
      for (const { id } of followed) unsubscribeFromBill(id);
    };
  }, [bills, subscribeToBill, unsubscribeFromBill]);
}
