import { EngineError } from '../engine/engine-error.js';
import type { RealTimeService } from '../services/realtime-service.js';

/** How a component follows one bill at a service: returns what ends it, or null when it could not be followed. */
export type Follow = (service: RealTimeService, bill: number) => (() => void) | null;

export const followBill: Follow = (service, bill) => {
  const bills = service.getBillTrackingService();
  bills.subscribeToBill(bill);
  return () => {
    bills.unsubscribeFromBill(bill);
  };
};

export const followDiscussion: Follow = (service, bill) =>
  followCommunity(service, (community) => {
    community.subscribeToDiscussion(bill);
    return () => {
      community.unsubscribeFromDiscussion(bill);
    };
  });

/**
 * Subscribes at the community service. One subscription too many is told by the `error` event, because the effect or
 * microtask in which components subscribe is no place where they could catch it.
 */
export function followCommunity(
  service: RealTimeService,
  subscribe: (community: ReturnType<RealTimeService['getCommunityService']>) => () => void,
): (() => void) | null {
  try {
    return subscribe(service.getCommunityService());
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'too-many-subscriptions') throw error;
    service.manager.report(error);
    return null;
  }
}
