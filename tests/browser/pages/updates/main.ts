// Subscribes to many bills without rendering anything; the test reads through `window.updatesPage`.
// Query: gateway, host (worker | page), bills (how many, from 1).
import { RealTimeService, type BillUpdate, type EngagementMetrics } from 'civic-realtime';

const query = new URLSearchParams(location.search);
const bills = Array.from({ length: Number(query.get('bills')) }, (_, index) => index + 1);

const service = new RealTimeService({
  websocket: { url: query.get('gateway') ?? '', host: query.get('host') ?? 'worker' },
});
const tracking = service.getBillTrackingService();
const errors: string[] = [];
service.on('error', (error) => errors.push(error.message));

const updatesPage = {
  ready: service.initialize().then(() => {
    for (const bill of bills) tracking.subscribeToBill(bill);
  }),
  errors,
  received: () => service.getStats().counters.recordsStored,
  readAll: (): Record<
    number,
    { updates: readonly BillUpdate[]; metrics: EngagementMetrics | null }
  > =>
    Object.fromEntries(
      bills.map((bill) => [
        bill,
        { updates: tracking.getBillUpdates(bill), metrics: tracking.getEngagementMetrics(bill) },
      ]),
    ),
};

declare global {
  interface Window {
    updatesPage: typeof updatesPage;
  }
}
window.updatesPage = updatesPage;
