import { useEffect } from 'react';

import { realTimeService } from '@client/core/realtime';

export function FollowedBill({ billId }: { billId: number }) {
// ┌ the documentation's block, character for character
// Ensure proper cleanup
useEffect(() => {
  const billService = realTimeService.getBillTrackingService();
  billService.subscribeToBill(billId);
  
  return () => {
    // Always unsubscribe on unmount
    billService.unsubscribeFromBill(billId);
  };
}, [billId]);
// └
  return null;
}
