/** The fields of dialect v1's commands: what is required, what is allowed, and what to say otherwise. */

import {
  BILL_ID_RULE,
  billIdOfTopic,
  describe,
  isObject,
  readBillId,
  readField,
} from '../fields.js';

/** @typedef {import('../fields.js').Fields} Fields */

export const LONGEST_ID_CHARACTERS = 200;

/** A frame that cannot be obeyed; the message is the error text the client gets. */
export class FrameError extends Error {}

/**
 * @param {Fields} message
 * @returns {string | number | null} The message's id if it can be echoed.
 */
export function echoMessageId(message) {
  const id = readField(message, 'message_id');
  if (typeof id === 'number' && Number.isFinite(id)) return id;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID_CHARACTERS ? id : null;
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {string | number | null}
 */
export function readMessageId(message, command) {
  const id = echoMessageId(message);
  if (id !== null || (message.topic === '*' && readField(message, 'message_id') === undefined))
    return id;
  const given = describe(readField(message, 'message_id'));
  throw new FrameError(
    `${command}: messageId is ${given}; allowed: a text of 1 to ${LONGEST_ID_CHARACTERS} characters, or a number`,
  );
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {string | null}
 */
export function readSubscriptionId(message, command) {
  const id = readField(message, 'subscription_id');
  if (id === undefined || id === null) return null;
  if (typeof id === 'string' && id !== '' && id.length <= LONGEST_ID_CHARACTERS) return id;
  if (typeof id === 'number' && Number.isFinite(id)) return String(id);
  throw new FrameError(
    `${command}: subscriptionId is ${describe(id)}; allowed: a text of 1 to ${LONGEST_ID_CHARACTERS} characters`,
  );
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {{ topic: string, data: Fields }} The topic, and the data of the confirmation.
 */
export function readTarget(message, command) {
  const { topic } = message;
  if (topic === '*') return { topic, data: { topic } };
  if (topic !== undefined && topic !== null && billIdOfTopic(topic) === null) {
    throw new FrameError(`${command}: topic is ${describe(topic)}; allowed: bill:ID or *`);
  }
  const given = isObject(message.data) ? readField(message.data, 'bill_id') : undefined;
  const billId = readBillId(given);
  if (billId === null) {
    throw new FrameError(
      `${command}: data.bill_id is ${describe(given)}; allowed: ${BILL_ID_RULE}`,
    );
  }
  if (typeof topic === 'string' && billIdOfTopic(topic) !== billId) {
    throw new FrameError(
      `${command}: topic is ${describe(topic)} but data.bill_id is ${billId}; allowed: the same bill in both`,
    );
  }
  return { topic: `bill:${billId}`, data: { bill_id: given } };
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {{ written: unknown[], topics: string[] }} Ids as they were written, and their topics.
 */
export function readTopics(message, command) {
  const written = isObject(message.data) ? readField(message.data, 'bill_ids') : undefined;
  if (!Array.isArray(written) || written.length === 0) {
    throw new FrameError(
      `${command}: data.bill_ids is ${describe(written)}; allowed: an array of at least one bill id`,
    );
  }
  const topics = written.map((value, index) => {
    const billId = readBillId(value);
    if (billId === null) {
      throw new FrameError(
        `${command}: data.bill_ids[${index}] is ${describe(value)}; allowed: ${BILL_ID_RULE}`,
      );
    }
    return `bill:${billId}`;
  });
  return { written, topics: [...new Set(topics)] };
}
