/** The fields of published messages: what is required, what is allowed, and what to say otherwise. */

import { describe, isObject, readField } from '../fields.js';

/** @typedef {import('../fields.js').Fields} Fields */

/** Bad input to publish; the message names the field and what is allowed. */
export class PublishError extends Error {
  /** @override */
  name = 'PublishError';
}

const TIMESTAMP_RULE = 'an ISO 8601 text or milliseconds since 1970';

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Fields}
 */
export function requireObject(value, where) {
  if (!isObject(value))
    throw new PublishError(`${where} is ${describe(value)}; allowed: an object`);
  return value;
}

/** The last text that was one; at high rates many messages share a millisecond. @type {unknown} */
let lastTimestamp = undefined;

/**
 * @param {unknown} value
 * @param {string} where
 */
export function checkTimestamp(value, where) {
  if (value === undefined || value === lastTimestamp) return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
    lastTimestamp = value;
    return;
  }
  throw new PublishError(`${where} is ${describe(value)}; allowed: ${TIMESTAMP_RULE}`);
}

/**
 * @param {Fields} message
 * @param {string} timestamp
 * @returns {Fields} The message with a timestamp.
 */
export function withTimestamp(message, timestamp) {
  return message.timestamp === undefined ? { ...message, timestamp } : message;
}

/**
 * A field may stand in the message or in an object inside it, such as `data`.
 * @param {Fields} message
 * @param {string} name In snake_case.
 * @param {string[]} inner Names of objects inside, after the message itself.
 * @returns {unknown}
 */
export function readAnywhere(message, name, inner) {
  const own = readField(message, name);
  if (own !== undefined && own !== null) return own;
  for (const place of inner) {
    const object = message[place];
    const value = isObject(object) ? readField(object, name) : undefined;
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/**
 * @param {Fields} message
 * @param {string[]} topics
 * @param {string} where
 */
export function checkTopic(message, topics, where) {
  if (message.topic === undefined || topics.includes(String(message.topic))) return;
  throw new PublishError(
    `${where}.topic is ${describe(message.topic)}; allowed: ${topics.join(', ')}, or no topic`,
  );
}
