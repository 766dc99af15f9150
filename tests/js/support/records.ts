import type {
  CommentUpdate,
  RealTimeNotification,
  TypingIndicator,
  VoteUpdate,
} from '../../../js/src/types.js';

/** Records as the engine keeps them, with what a test does not care about filled in. */
export function comment(
  billId: number,
  arrival: number,
  more: Partial<CommentUpdate> = {},
): CommentUpdate {
  return {
    commentId: arrival,
    billId,
    parentId: null,
    userId: 'u',
    action: 'created',
    data: {},
    timestamp: arrival,
    arrival,
    ...more,
  };
}

export function vote(billId: number, arrival: number): VoteUpdate {
  return { billId, userId: 'u', voteType: 'support', data: {}, timestamp: arrival, arrival };
}

export function typing(billId: number, userId: string): TypingIndicator {
  return { userId, billId, parentId: null, isTyping: true, data: {}, timestamp: 1 };
}

export function notification(
  id: string,
  more: Partial<RealTimeNotification> = {},
): RealTimeNotification {
  return {
    id,
    type: 'info',
    title: `title ${id}`,
    message: '',
    priority: 'normal',
    data: {},
    timestamp: 1,
    expiresAt: null,
    read: false,
    arrival: 1,
    ...more,
  };
}
