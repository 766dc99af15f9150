import { RealTimeService } from 'civic-realtime';

import type { StartOptions, Subject } from './subject.js';

export type EngineHost = 'worker' | 'page';

/** The package, as its documentation says, with the engine in the given host. */
export async function connectedService(
  { server, connected }: StartOptions,
  host: EngineHost,
): Promise<RealTimeService> {
  const service = new RealTimeService({
    // Deflating is for networks: here it would spend the gateway's processor on nothing.
    websocket: { url: server, host, message: { compression: false } },
  });
  await service.initialize();
  connected();
  return service;
}

export function subjectOf(service: RealTimeService): Subject {
  const tracking = service.getBillTrackingService();
  return {
    received: () => service.getStats().counters.recordsStored,
    updates: (bill) => tracking.getBillUpdates(bill),
  };
}

export async function startCivicRealtime(
  options: StartOptions,
  host: EngineHost,
): Promise<Subject> {
  const service = await connectedService(options, host);
  const tracking = service.getBillTrackingService();
  for (let bill = 1; bill <= options.bills; ++bill) tracking.subscribeToBill(bill);
  return subjectOf(service);
}
