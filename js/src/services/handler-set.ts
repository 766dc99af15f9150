import type { RealTimeEvents, RealTimeHandlers } from '../types.js';

const eventOfHandler = {
  onConnectionChange: 'connectionChange',
  onError: 'error',
  onBillUpdate: 'billUpdate',
  onCommunityUpdate: 'communityUpdate',
  onNotification: 'notification',
  onTypingIndicator: 'typingIndicator',
  onCommentUpdate: 'commentUpdate',
  onVoteUpdate: 'voteUpdate',
  onEngagementUpdate: 'engagementUpdate',
  onExpertActivity: 'expertActivity',
  onModerationEvent: 'moderationEvent',
} as const satisfies Record<keyof RealTimeHandlers, keyof RealTimeEvents>;

type Handler = NonNullable<RealTimeHandlers[keyof RealTimeHandlers]>;
type Listen = (event: keyof RealTimeEvents, handler: Handler) => () => void;

/** At most one handler per event. */
export class HandlerSet {
  private readonly removals = new Map<keyof RealTimeHandlers, () => void>();

  constructor(private readonly listen: Listen) {}

  /** A handler that is named replaces the one before; named as undefined, it is taken away. */
  set(handlers: RealTimeHandlers): void {
    for (const name of Object.keys(eventOfHandler) as (keyof RealTimeHandlers)[]) {
      if (!Object.hasOwn(handlers, name)) continue;
      this.removals.get(name)?.();
      this.removals.delete(name);
      const handler = handlers[name];
      if (handler === undefined) continue;
      this.removals.set(name, this.listen(eventOfHandler[name], handler));
    }
  }

  /** What was listened to is gone. */
  forget(): void {
    this.removals.clear();
  }
}
