import type { MessageCallback } from '../types.js';

const readers = new WeakSet<MessageCallback>();

/**
 * Marks a callback whose owner reads state and needs no messages: a subscription made with it is not called by a real
 * manager, so no message object is made for it.
 */
export function readsState(callback: MessageCallback): MessageCallback {
  readers.add(callback);
  return callback;
}

export function isStateReader(callback: MessageCallback): boolean {
  return readers.has(callback);
}
