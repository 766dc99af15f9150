import type { RealTimeService } from '../services/realtime-service.js';
import type { RealTimeSubscription } from '../types.js';

/**
 * Subscribes what a component declares, also again after the service was shut down. What cannot be subscribed is told
 * by the `error` event. Returns the function that ends it.
 */
export function subscribeDeclared(
  service: RealTimeService,
  declared: readonly RealTimeSubscription[],
): () => void {
  let ids = subscribeAll(service, declared);
  const stopListening = service.onReset(() => {
    ids = subscribeAll(service, declared);
  });
  return () => {
    stopListening();
    for (const id of ids) service.unsubscribe(id);
  };
}

function subscribeAll(
  service: RealTimeService,
  declared: readonly RealTimeSubscription[],
): readonly string[] {
  const ids: string[] = [];
  for (const subscription of declared) {
    try {
      ids.push(service.subscribe(subscription));
    } catch (error) {
      service.manager.report(error as Error);
    }
  }
  return ids;
}
