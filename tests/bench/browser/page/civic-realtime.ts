import { RealTimeService } from 'civic-realtime';

import type { Subject } from './subject.js';

/** The package, as its documentation says, with the engine in the given host. */
export async function startCivicRealtime(
  gateway: string,
  bills: number,
  host: 'worker' | 'page',
): Promise<Subject> {
  const service = new RealTimeService({ websocket: { url: gateway, host } });
  const tracking = service.getBillTrackingService();
  await service.initialize();
  for (let bill = 1; bill <= bills; ++bill) tracking.subscribeToBill(bill);
  return {
    received: () => service.getStats().counters.recordsStored,
    updates: (bill) => tracking.getBillUpdates(bill),
  };
}
