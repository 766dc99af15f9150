/**
 * From a published message to events. A published `batch` becomes the events of its messages;
 * `batched_updates` over several bills becomes one event per bill.
 */

import {
  BILL_ID_RULE,
  billIdOfTopic,
  describe,
  isObject,
  readBillId,
  readField,
  toSnakeCase,
} from './fields.js';
import { GatewayEvent, MAXIMUM_BATCH_DEPTH, UPDATE_TYPES } from './event.js';

/** @typedef {import('./fields.js').Fields} Fields */
/** @typedef {import('./event.js').BillUpdate} BillUpdate */

const PUBLISHED_TYPES = ['bill_update', 'batched_updates', 'engagement_metrics', 'batch'];
const METRIC_NAMES = [
  'view_count',
  'save_count',
  'comment_count',
  'share_count',
  'expert_engagement',
  'community_sentiment',
  'controversy_level',
];
const MAXIMUM_MESSAGES = 10_000;

/** Bad input to publish; the message names the field and what is allowed. */
export class PublishError extends Error {
  /** @override */
  name = 'PublishError';
}

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
  switch (type) {
    case 'bill_update':
      events.push(readBillUpdate(message, where, timestamp));
      return;
    case 'engagement_metrics':
      events.push(readMetrics(message, where, timestamp));
      return;
    case 'batched_updates':
      events.push(...readBatchedUpdates(message, where, timestamp));
      return;
    case 'batch':
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
      return;
    default:
      throw new PublishError(
        `${where}.type is ${describe(message.type)}; allowed: ${PUBLISHED_TYPES.join(', ')}`,
      );
  }
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
function readBillUpdate(message, where, timestamp) {
  const billId = requireBillId(message, where);
  const complete = message.timestamp === undefined ? { ...message, timestamp } : message;
  /** @type {BillUpdate} */
  const entry = { bill_id: Number(billId), type: '', data: {}, timestamp: complete.timestamp };
  if (message.update !== undefined) {
    if (!isObject(message.update)) {
      throw new PublishError(
        `${where}.update is ${describe(message.update)}; allowed: an object {type, data}`,
      );
    }
    entry.type = requireUpdateType(message.update.type, `${where}.update.type`);
    entry.data = requireData(message.update.data, `${where}.update.data`);
  } else if (message.data !== undefined) {
    entry.data = requireData(message.data, `${where}.data`);
    const updateType = readField(message, 'update_type') ?? entry.data.type ?? 'status_change';
    entry.type = requireUpdateType(updateType, `${where}.update_type`);
  } else {
    throw new PublishError(`${where}.update is missing; allowed: update {type, data}, or data`);
  }
  return new GatewayEvent(billId, 'bill_update', complete, [entry], null);
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent[]} One event per bill, in the order in which bills first occur.
 */
function readBatchedUpdates(message, where, timestamp) {
  const list = message.updates;
  if (!Array.isArray(list) || list.length === 0 || list.length > MAXIMUM_MESSAGES) {
    throw new PublishError(
      `${where}.updates is ${describe(list)}; allowed: an array of 1 to ${MAXIMUM_MESSAGES} {bill_id, type, data, timestamp}`,
    );
  }
  /** @type {Map<string, { written: Fields[], read: BillUpdate[] }>} */
  const byBill = new Map();
  list.forEach((update, index) => {
    const place = `${where}.updates[${index}]`;
    if (!isObject(update))
      throw new PublishError(`${place} is ${describe(update)}; allowed: an object`);
    const billId = requireBillId(update, place);
    checkTimestamp(update.timestamp, `${place}.timestamp`);
    const type = requireUpdateType(update.type, `${place}.type`);
    const data = requireData(update.data, `${place}.data`);
    const written =
      update.timestamp === undefined
        ? { ...update, timestamp: message.timestamp ?? timestamp }
        : update;
    const entry = byBill.get(billId) ?? { written: [], read: [] };
    entry.written.push(written);
    entry.read.push({ bill_id: Number(billId), type, data, timestamp: written.timestamp });
    byBill.set(billId, entry);
  });
  return [...byBill].map(([billId, { written, read }]) => {
    const own = { ...message, updates: written, timestamp: message.timestamp ?? timestamp };
    return new GatewayEvent(billId, 'batched_updates', own, read, null);
  });
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
function readMetrics(message, where, timestamp) {
  const billId = requireBillId(message, where);
  const nested = message.metrics !== undefined;
  if (nested && !isObject(message.metrics)) {
    throw new PublishError(
      `${where}.metrics is ${describe(message.metrics)}; allowed: an object of counts`,
    );
  }
  const metrics = nested ? /** @type {Fields} */ (message.metrics) : message;
  const place = nested ? `${where}.metrics` : where;
  let known = 0;
  for (const name of METRIC_NAMES) {
    const value = readField(metrics, name);
    if (value === undefined) continue;
    known += 1;
    const isCount = name.endsWith('_count');
    if (typeof value !== 'number' || !Number.isFinite(value) || (isCount && value < 0)) {
      throw new PublishError(
        `${place}.${name} is ${describe(value)}; allowed: a finite number${isCount ? ' of at least 0' : ''}`,
      );
    }
  }
  if (known === 0) {
    throw new PublishError(
      `${place} has no counts; allowed: at least one of ${METRIC_NAMES.join(', ')}`,
    );
  }
  const complete = message.timestamp === undefined ? { ...message, timestamp } : message;
  return new GatewayEvent(billId, 'engagement_metrics', complete, [], metrics);
}

/**
 * @param {Fields} fields
 * @param {string} where
 * @returns {string}
 */
function requireBillId(fields, where) {
  const given = readField(fields, 'bill_id');
  const fromTopic = billIdOfTopic(fields.topic);
  const billId = given === undefined ? fromTopic : readBillId(given);
  if (billId === null) {
    throw new PublishError(`${where}.bill_id is ${describe(given)}; allowed: ${BILL_ID_RULE}`);
  }
  if (fields.topic !== undefined && fromTopic !== billId) {
    throw new PublishError(
      `${where}.topic is ${describe(fields.topic)}; allowed: bill:${billId}, or no topic`,
    );
  }
  return billId;
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {string}
 */
function requireUpdateType(value, where) {
  const type = typeof value === 'string' ? toSnakeCase(value) : '';
  if (!UPDATE_TYPES.includes(type)) {
    throw new PublishError(`${where} is ${describe(value)}; allowed: ${UPDATE_TYPES.join(', ')}`);
  }
  return type;
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Fields}
 */
function requireData(value, where) {
  if (!isObject(value))
    throw new PublishError(`${where} is ${describe(value)}; allowed: an object`);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} where
 */
function checkTimestamp(value, where) {
  if (value === undefined) return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return;
  throw new PublishError(
    `${where} is ${describe(value)}; allowed: an ISO 8601 text or milliseconds since 1970`,
  );
}
