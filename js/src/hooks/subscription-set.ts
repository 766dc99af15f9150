import type { RealTimeService } from '../services/realtime-service.js';
import type { RealTimeSubscription } from '../types.js';

/** The subscriptions one component has made; they end with it. */
export class SubscriptionSet {
  private readonly services = new Map<string, RealTimeService>();

  add(service: RealTimeService, subscription: RealTimeSubscription): string {
    const id = service.subscribe(subscription);
    this.services.set(id, service);
    return id;
  }

  remove(id: string): void {
    this.services.get(id)?.unsubscribe(id);
    this.services.delete(id);
  }

  /** Returns the function that ends what was subscribed at `service`. */
  attach(service: RealTimeService): () => void {
    return () => {
      for (const [id, owner] of this.services) if (owner === service) this.remove(id);
    };
  }
}
