import type { RealTimeService } from '../services/realtime-service.js';
import type { BillId, SendOptions, ServerId } from '../types.js';

/** What a component can tell the others who type. The functions never change. */
export interface TypingActions {
  /**
   * To be called at every keystroke, or once on focus; `parentId` is the comment that is answered. Tells the others at
   * most once per `community.typingIndicatorTimeout`, and stops by itself that long after the last call.
   */
  readonly sendTypingIndicator: (billId: BillId, parentId?: ServerId | null) => void;
  readonly stopTypingIndicator: (billId: BillId, parentId?: ServerId | null) => void;
}

/** What a component can do in a discussion. The functions never change. */
export interface CommunityActions extends TypingActions {
  /**
   * Subscribes this component to a bill's discussion, once however often it is called, until it unsubscribes or
   * unmounts. Starts the service when nobody has. Throws when it is no bill's number. When there are
   * `community.maxConcurrentSubscriptions` already, the `error` event tells so and nothing is subscribed.
   */
  readonly subscribeToDiscussion: (billId: BillId) => void;
  /** Ends this component's subscription and nobody else's. Takes the bill or the key `bill_ID`. */
  readonly unsubscribeFromDiscussion: (billId: BillId) => void;
  /** Tells the server of a comment. Settles as the manager's `send`; the promise may be ignored. */
  readonly sendCommentUpdate: (
    billId: BillId,
    data: object,
    options?: SendOptions,
  ) => Promise<void>;
  /** Tells the server of a vote, as `sendCommentUpdate`. */
  readonly sendVoteUpdate: (billId: BillId, data: object, options?: SendOptions) => Promise<void>;
}

export function typingActions(service: RealTimeService): TypingActions {
  return {
    sendTypingIndicator: (billId, parentId) => {
      service.getCommunityService().sendTypingIndicator(billId, parentId);
    },
    stopTypingIndicator: (billId, parentId) => {
      service.getCommunityService().stopTypingIndicator(billId, parentId);
    },
  };
}
