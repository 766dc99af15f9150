import { realTimeService, useBillTracking } from '@client/core/realtime';

export function MonitoredBill({ billId }: { billId: number }) {
// ┌ the documentation's block, character for character
// Monitor service statistics
const stats = realTimeService.getStats();
if (stats.subscriptionCount > 50) {
  console.warn('High subscription count may impact performance');
}

// Use specialized hooks instead of direct service access
const { getBillUpdates } = useBillTracking(); // ✅ Optimized
// vs
const updates = realTimeService.getBillTrackingService().getBillUpdates(billId); // ❌ Direct access
// └
  return (
    <dl>
      <dt>Subscriptions of this page</dt>
      <dd>{stats.subscriptionCount}</dd>
      <dt>Updates by the hook</dt>
      <dd>{getBillUpdates(billId).length}</dd>
      <dt>Updates by the service</dt>
      <dd>{updates.length}</dd>
    </dl>
  );
}
