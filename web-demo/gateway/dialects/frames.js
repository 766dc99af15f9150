/** What both dialects ask of frames: JSON, a type, batches that are not too large, and one answer to what is not understood. */

import { isoNow } from '../clock.js';
import { describe, isObject, toSnakeCase } from '../events/fields.js';
import { MAXIMUM_BATCH_DEPTH } from '../events/event.js';
import { FrameError, LONGEST_ID_CHARACTERS, echoMessageId } from './v1/fields.js';

/** @typedef {import('../events/fields.js').Fields} Fields */

const LONGEST_TYPE_CHARACTERS = 100;
const MAXIMUM_BATCH_MESSAGES = 1000;

/**
 * @param {Buffer} data One frame's payload.
 * @param {boolean} isBinary A binary frame may hold the same JSON as UTF-8 bytes.
 * @returns {unknown}
 * @throws {FrameError}
 */
export function parseFrame(data, isBinary) {
  if (isBinary && data[0] !== 0x7b)
    throw new FrameError('frame is binary and does not start with {; allowed: one JSON object');
  try {
    return JSON.parse(data.toString('utf8'));
  } catch (error) {
    throw new FrameError(`frame is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {unknown} message
 * @returns {{ fields: Fields, type: string }} Its type in snake_case.
 * @throws {FrameError}
 */
export function requireTyped(message) {
  if (!isObject(message))
    throw new FrameError(`message is ${describe(message)}; allowed: a JSON object with a type`);
  if (typeof message.type !== 'string')
    throw new FrameError(`type is ${describe(message.type)}; allowed: a text`);
  return { fields: message, type: toSnakeCase(message.type.slice(0, LONGEST_TYPE_CHARACTERS)) };
}

/**
 * @param {Fields} message
 * @param {string[]} types
 * @returns {FrameError}
 */
export function unknownType(message, types) {
  return new FrameError(
    `type ${describe(message.type)} is not known; allowed: ${types.join(', ')}`,
  );
}

/**
 * @param {Fields} message A `batch`.
 * @param {number} depth How many batches are around it.
 * @returns {unknown[]} What it holds.
 * @throws {FrameError}
 */
export function requireMessages({ messages }, depth) {
  if (depth >= MAXIMUM_BATCH_DEPTH) {
    throw new FrameError(
      `batch: is inside ${depth} other batches; allowed: ${MAXIMUM_BATCH_DEPTH} levels`,
    );
  }
  if (!Array.isArray(messages)) {
    throw new FrameError(`batch: messages is ${describe(messages)}; allowed: an array of messages`);
  }
  if (messages.length <= MAXIMUM_BATCH_MESSAGES) return messages;
  throw new FrameError(
    `batch: messages has ${messages.length} entries; allowed: at most ${MAXIMUM_BATCH_MESSAGES}`,
  );
}

/**
 * Answers what cannot be obeyed.
 * @param {Pick<import('./v1/services.js').DialectServices, 'clock' | 'counters' | 'logger'>} services
 * @param {import('../connections/client.js').Client} client
 * @param {string} error It can quote what the client sent, so it goes to the client alone.
 * @param {unknown} message What could not be obeyed.
 * @param {Fields} [data] What else is said of it.
 */
export function refuse({ clock, counters, logger }, client, error, message, data = {}) {
  const fields = isObject(message) ? message : null;
  const type = fields?.type;
  const originalType = typeof type === 'string' ? type.slice(0, LONGEST_ID_CHARACTERS) : null;
  counters.errorsSent += 1;
  logger.debug(`${client.id} was answered with an error`);
  client.reply({
    type: 'error',
    data: { error, originalType, ...data },
    messageId: fields === null ? null : echoMessageId(fields),
    timestamp: isoNow(clock),
  });
}
