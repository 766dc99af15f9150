/**
 * Epochs as one client is told them. What one user was sent of a personal stream says nothing about what another
 * was, so a position in it is of that user alone: the epoch ends with the user's id.
 */

import { NOTIFICATION_TOPIC } from '../../events/published/notification-messages.js';

/**
 * @param {string} topic
 * @param {string} epoch The bus's.
 * @param {string} userId
 * @returns {string}
 */
export function epochFor(topic, epoch, userId) {
  return topic === NOTIFICATION_TOPIC ? `${epoch}.${userId}` : epoch;
}

/**
 * @param {string} topic
 * @param {import('../../bus/bus.js').Position | null} told As the client was told it.
 * @param {string} userId
 * @returns {import('../../bus/bus.js').Position | null} As the bus knows it; null when it is of another user.
 */
export function busPosition(topic, told, userId) {
  const end = epochFor(topic, '', userId);
  if (told === null || !told.epoch.endsWith(end)) return null;
  return { epoch: told.epoch.slice(0, told.epoch.length - end.length), seq: told.seq };
}
