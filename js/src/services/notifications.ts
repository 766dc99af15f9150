import type { MessageCallback } from '../types.js';
import { readsState } from '../websocket/reads-state.js';
import { TopicReferences, type TopicSubscriber } from './topic-references.js';

const topic = 'user_notifications';

/**
 * Subscribes the user's notifications; calls count, as with bills. They reach the `notification` event of the
 * real-time service. Keeping them and their read state is not part of this version.
 */
export class NotificationService {
  private readonly topics: TopicReferences<MessageCallback>;

  constructor(manager: TopicSubscriber<MessageCallback>) {
    this.topics = new TopicReferences(
      manager,
      readsState(() => undefined),
    );
  }

  /** Returns the id of the one subscription. */
  subscribeToNotifications(): string {
    return this.topics.acquire(topic);
  }

  unsubscribeFromNotifications(): void {
    this.topics.release(topic);
  }

  /** 1 while subscribed, else 0. */
  getSubscriptionCount(): number {
    return this.topics.size;
  }

  /** Ends the subscription, however often it was made. */
  shutdown(): void {
    this.topics.releaseAll();
  }
}
