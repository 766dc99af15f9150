/* eslint-disable react-hooks/exhaustive-deps -- below stands the documentation's example, character for character */
import { useEffect } from 'react';

// ┌ the documentation's block, character for character
import { useBillTracking } from '@client/core/realtime';

function BillTracker({ billId }: { billId: number }) {
  const {
    subscribeToBill,
    unsubscribeFromBill,
    getBillUpdates,
    getEngagementMetrics
  } = useBillTracking();

  useEffect(() => {
    subscribeToBill(billId);
    return () => unsubscribeFromBill(billId);
  }, [billId]);

  const updates = getBillUpdates(billId);
  const metrics = getEngagementMetrics(billId);

  return (
    <div>
      <h3>Bill Updates ({updates.length})</h3>
      {updates.map(update => (
        <div key={update.timestamp}>
          {update.type}: {JSON.stringify(update.data)}
        </div>
      ))}
      
      {metrics && (
        <div>
          <p>Views: {metrics.viewCount}</p>
          <p>Comments: {metrics.commentCount}</p>
        </div>
      )}
    </div>
  );
}
// └

export { BillTracker };
