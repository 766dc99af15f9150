/** Published news of bills: `bill_update`, `batched_updates` and `engagement_metrics`. */

import {
  BILL_ID_RULE,
  billIdOfTopic,
  describe,
  isObject,
  readBillId,
  readField,
  toSnakeCase,
} from '../fields.js';
import { UPDATE_TYPES, billEvent } from '../event.js';
import { PublishError, checkTimestamp, requireObject, withTimestamp } from './fields.js';

/** @typedef {import('../fields.js').Fields} Fields */
/** @typedef {import('../event.js').BillUpdate} BillUpdate */
/** @typedef {import('../event.js').GatewayEvent} GatewayEvent */

export const METRIC_NAMES = [
  'view_count',
  'save_count',
  'comment_count',
  'share_count',
  'expert_engagement',
  'community_sentiment',
  'controversy_level',
];
const MAXIMUM_UPDATES = 10_000;

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
export function readBillUpdate(message, where, timestamp) {
  const billId = requireBillId(message, where);
  const complete = withTimestamp(message, timestamp);
  /** @type {BillUpdate} */
  const entry = { bill_id: Number(billId), type: '', data: {}, timestamp: complete.timestamp };
  if (message.update !== undefined) {
    if (!isObject(message.update)) {
      throw new PublishError(
        `${where}.update is ${describe(message.update)}; allowed: an object {type, data}`,
      );
    }
    entry.type = requireUpdateType(message.update.type, `${where}.update.type`);
    entry.data = requireObject(message.update.data, `${where}.update.data`);
  } else if (message.data !== undefined) {
    entry.data = requireObject(message.data, `${where}.data`);
    const updateType = readField(message, 'update_type') ?? entry.data.type ?? 'status_change';
    entry.type = requireUpdateType(updateType, `${where}.update_type`);
  } else {
    throw new PublishError(`${where}.update is missing; allowed: update {type, data}, or data`);
  }
  return billEvent(billId, 'bill_update', complete, [entry], null);
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent[]} One event per bill, in the order in which bills first occur.
 */
export function readBatchedUpdates(message, where, timestamp) {
  const list = message.updates;
  if (!Array.isArray(list) || list.length === 0 || list.length > MAXIMUM_UPDATES) {
    throw new PublishError(
      `${where}.updates is ${describe(list)}; allowed: an array of 1 to ${MAXIMUM_UPDATES} {bill_id, type, data, timestamp}`,
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
    const data = requireObject(update.data, `${place}.data`);
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
    return billEvent(billId, 'batched_updates', own, read, null);
  });
}

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
export function readMetrics(message, where, timestamp) {
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
  const complete = withTimestamp(message, timestamp);
  return billEvent(billId, 'engagement_metrics', complete, [], metrics);
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
