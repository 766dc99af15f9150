import { useEffect } from 'react';

import type { BillTracking } from '@client/core/realtime';

/** Follows a bill for as long as the component is there. What the component reads of it is its own choice. */
export function useBillSubscription(
  { subscribeToBill, unsubscribeFromBill }: BillTracking,
  billId: number,
): void {
  useEffect(() => {
    subscribeToBill(billId);
    return () => {
      unsubscribeFromBill(billId);
    };
  }, [billId, subscribeToBill, unsubscribeFromBill]);
}
