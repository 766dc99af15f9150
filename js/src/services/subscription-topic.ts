import { EngineError } from '../engine/engine-error.js';
import type { RealTimeSubscription, RealTimeSubscriptionType } from '../types.js';
import { billTopic, requireBillId } from './bill-id.js';

/** Which of the service's counts a subscription belongs to. */
export type SubscriptionKind = 'bill' | 'community' | 'notification';

const topics: Record<
  RealTimeSubscriptionType,
  { readonly kind: SubscriptionKind; readonly topic: (id: string | number) => string }
> = {
  bill: { kind: 'bill', topic: (id) => billTopic(requireBillId(id)) },
  community: { kind: 'community', topic: (id) => `community:${id}` },
  expert: { kind: 'community', topic: (id) => `expert:${id}` },
  expert_updates: { kind: 'community', topic: () => 'expert:updates' },
  user_notifications: { kind: 'notification', topic: () => 'user_notifications' },
};

/** Throws for a type there is none of. */
export function topicOf({ type, id }: RealTimeSubscription): {
  kind: SubscriptionKind;
  topic: string;
} {
  if (!Object.hasOwn(topics, type)) {
    throw new EngineError(
      'invalid-argument',
      `A subscription's type is one of ${Object.keys(topics).join(', ')}; got ${JSON.stringify(type)}.`,
    );
  }
  const { kind, topic } = topics[type];
  return { kind, topic: topic(id) };
}
