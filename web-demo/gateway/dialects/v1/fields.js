/** The fields of dialect v1's commands: what is required, what is allowed, and what to say otherwise. */

import {
  BILL_ID_RULE,
  ID_RULE,
  describe,
  isObject,
  readBillId,
  readField,
  readId,
} from '../../events/fields.js';
import { LONGEST_NAME_CHARACTERS } from '../../access/users.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */

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
 * @param {boolean} [isRequired] As for bills, where deployed servers require it.
 * @returns {string | number | null}
 */
export function readMessageId(message, command, isRequired = true) {
  const id = echoMessageId(message);
  if (id !== null || (!isRequired && readField(message, 'message_id') === undefined)) return id;
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

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {string} The token, which no error text quotes.
 */
export function requireToken(message, command) {
  const token = isObject(message.data) ? message.data.token : undefined;
  if (typeof token === 'string' && token !== '') return token;
  const given = token === '' ? 'empty' : token === undefined ? 'missing' : 'not a text';
  throw new FrameError(`${command}: data.token is ${given}; allowed: a text`);
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {Fields} Its `data`.
 */
export function readData(message, command) {
  if (isObject(message.data)) return message.data;
  throw new FrameError(`${command}: data is ${describe(message.data)}; allowed: an object`);
}

/**
 * @param {Fields} data
 * @param {string} command
 * @returns {string}
 */
export function requireBill(data, command) {
  const given = readField(data, 'bill_id');
  const billId = readBillId(given);
  if (billId !== null) return billId;
  throw new FrameError(`${command}: data.bill_id is ${describe(given)}; allowed: ${BILL_ID_RULE}`);
}

/**
 * @param {Fields} data
 * @param {string} name In snake_case.
 * @param {string} command
 * @returns {string | number | null} As it was written; null when there is none.
 */
export function optionalId(data, name, command) {
  const given = readField(data, name);
  if (given === undefined || given === null) return null;
  if (readId(given) !== undefined) return /** @type {string | number} */ (given);
  throw new FrameError(`${command}: data.${name} is ${describe(given)}; allowed: ${ID_RULE}`);
}

/**
 * @param {Fields} data
 * @param {string} name In snake_case.
 * @param {string} command
 * @param {readonly string[]} choices
 * @returns {string}
 */
export function requireChoice(data, name, command, choices) {
  const given = readField(data, name);
  if (typeof given === 'string' && choices.includes(given)) return given;
  throw new FrameError(
    `${command}: data.${name} is ${describe(given)}; allowed: ${choices.join(', ')}`,
  );
}

/**
 * @param {Fields} data
 * @param {string} command
 * @returns {string | null} The name the page gives its user.
 */
export function optionalUserName(data, command) {
  const given = readField(data, 'user_name');
  if (given === undefined || given === null) return null;
  const name = typeof given === 'string' ? given.trim() : '';
  // eslint-disable-next-line no-control-regex
  if (name !== '' && name.length <= LONGEST_NAME_CHARACTERS && !/[\u0000-\u001f\u007f]/.test(name))
    return name;
  throw new FrameError(
    `${command}: data.user_name is ${describe(given)}; allowed: a text of 1 to ${LONGEST_NAME_CHARACTERS} characters`,
  );
}

/**
 * @param {Fields} value
 * @param {string} what As the error text names it.
 * @param {number} longest
 */
export function checkLength(value, what, longest) {
  let length = Infinity;
  try {
    ({ length } = JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (length <= longest) return;
  const size = length === Infinity ? 'nested too deeply' : `${length} characters of JSON`;
  throw new FrameError(`${what} is ${size}; allowed: at most ${longest}`);
}
