import type { RealTimeMessage } from './message.js';

/** High priority crosses to the page at once; the others wait for the next frame. */
export type SubscriptionPriority = 'high' | 'medium' | 'low';

/** A value a message's field may be compared with. */
export type FilterValue = string | number | boolean | null;

/** Every named field must equal the value, or be one of the listed values. */
export type SubscriptionFilters = Readonly<Record<string, FilterValue | readonly FilterValue[]>>;

export interface SubscriptionOptions {
  readonly filters?: SubscriptionFilters;
  /** `medium` unless said otherwise. */
  readonly priority?: SubscriptionPriority;
}

/** Called with every message of a topic, in order. */
export type MessageCallback = (message: RealTimeMessage) => void;

/** The kinds of thing `RealTimeService.subscribe` knows. */
export type RealTimeSubscriptionType =
  'bill' | 'community' | 'expert' | 'user_notifications' | 'expert_updates';

export interface RealTimeSubscription {
  readonly type: RealTimeSubscriptionType;
  /** The bill, discussion, expert or user it is about. */
  readonly id: string | number;
  readonly filters?: SubscriptionFilters;
}
