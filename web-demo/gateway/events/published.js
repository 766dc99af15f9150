/**
 * From a published message to events: every type that a server of dialect v1 sends to pages. A
 * published `batch` becomes the events of its messages; `batched_updates` over several bills becomes
 * one event per bill.
 */

import { describe, isObject, toSnakeCase } from './fields.js';
import { MAXIMUM_BATCH_DEPTH } from './event.js';
import { readBatchedUpdates, readBillUpdate, readMetrics } from './published/bill-messages.js';
import { COMMUNITY_TYPES, readCommunityMessage } from './published/community-messages.js';
import { PublishError, checkTimestamp } from './published/fields.js';
import { readNotification, readNotificationState } from './published/notification-messages.js';

export { PublishError };

/** @typedef {import('./event.js').GatewayEvent} GatewayEvent */
/** @typedef {import('./fields.js').Fields} Fields */

/** @typedef {(message: Fields, where: string, timestamp: string) => GatewayEvent | GatewayEvent[]} Reader */

/** @type {Record<string, Reader>} */
const READERS = {
  bill_update: readBillUpdate,
  batched_updates: readBatchedUpdates,
  engagement_metrics: readMetrics,
  ...Object.fromEntries(
    COMMUNITY_TYPES.map((type) => [type, readCommunityMessage.bind(null, type)]),
  ),
  notification: readNotification,
  notification_read: readNotificationState.bind(null, 'notification_read'),
  notification_clear: readNotificationState.bind(null, 'notification_clear'),
};
const MAXIMUM_MESSAGES = 10_000;

/**
 * @param {unknown} body One message, or an array of messages.
 * @param {string} timestamp Given to messages that have none.
 * @returns {GatewayEvent[]}
 * @throws {PublishError}
 */
export function readPublished(body, timestamp) {
  /** @type {GatewayEvent[]} */
  const events = [];
  try {
    if (Array.isArray(body)) readList(body, 'messages', 0, timestamp, events);
    else readMessage(body, 'message', 0, timestamp, events);
  } catch (error) {
    if (error instanceof RangeError)
      throw new PublishError('message is nested too deeply to be sent');
    if (error instanceof TypeError)
      throw new PublishError(`message cannot be written as JSON: ${error.message}`);
    throw error;
  }
  return events;
}

/**
 * @param {unknown[]} list
 * @param {string} where
 * @param {number} depth
 * @param {string} timestamp
 * @param {GatewayEvent[]} events
 */
function readList(list, where, depth, timestamp, events) {
  if (list.length === 0 || list.length > MAXIMUM_MESSAGES) {
    throw new PublishError(
      `${where} has ${list.length} entries; allowed: 1 to ${MAXIMUM_MESSAGES}`,
    );
  }
  list.forEach((message, index) =>
    readMessage(message, `${where}[${index}]`, depth, timestamp, events),
  );
}

/**
 * @param {unknown} message
 * @param {string} where
 * @param {number} depth
 * @param {string} timestamp
 * @param {GatewayEvent[]} events
 */
function readMessage(message, where, depth, timestamp, events) {
  if (!isObject(message)) {
    throw new PublishError(`${where} is ${describe(message)}; allowed: an object with a type`);
  }
  const type = typeof message.type === 'string' ? toSnakeCase(message.type) : '';
  checkTimestamp(message.timestamp, `${where}.timestamp`);
  if (type === 'batch') {
    readBatch(message, where, depth, timestamp, events);
    return;
  }
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (reader === undefined) {
    throw new PublishError(
      `${where}.type is ${describe(message.type)}; allowed: ${Object.keys(READERS).join(', ')}, batch`,
    );
  }
  const read = reader(message, where, timestamp);
  if (Array.isArray(read)) events.push(...read);
  else events.push(read);
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {number} depth
 * @param {string} timestamp
 * @param {GatewayEvent[]} events
 */
function readBatch(message, where, depth, timestamp, events) {
  if (depth >= MAXIMUM_BATCH_DEPTH) {
    throw new PublishError(
      `${where} is a batch inside ${depth} others; allowed: ${MAXIMUM_BATCH_DEPTH} levels`,
    );
  }
  if (!Array.isArray(message.messages)) {
    throw new PublishError(
      `${where}.messages is ${describe(message.messages)}; allowed: an array of messages`,
    );
  }
  readList(message.messages, `${where}.messages`, depth + 1, timestamp, events);
}
