/** One message of NATS, as what the gateway makes of it: an event with its place in the stream. */

import { StreamEntry } from '../../stream-entry.js';
import { PublishError, readPublished } from '../../../events/published.js';
import { isObject } from '../../../events/fields.js';
import { isoTime } from '../../../clock.js';
import { STORED, subjectOfEvent } from './subjects.js';

export const HEADERS = /** @type {const} */ ({
  /** The connection that caused it. */
  origin: 'Civic-Origin',
  /** The bus that published it, and a number of its own. */
  publication: 'Civic-Publication',
  /** Not an event: how many follow the topic at a gateway. */
  present: 'Civic-Present',
  /** To NATS: it may only be stored right after this number of its subject. */
  after: 'Nats-Expected-Last-Subject-Sequence',
  seq: 'Nats-Sequence',
  previous: 'Nats-Last-Sequence',
});

/**
 * @typedef {object} Place
 * @property {string} subject Without what all have in front.
 * @property {string | null} epoch
 * @property {number | null} seq Null for what is not stored.
 * @property {number} timeMs When it was stored, or came.
 */

/**
 * @typedef {object} Told
 * @property {import('@nats-io/transport-node').MsgHdrs} [headers]
 * @property {() => string} string
 */

/**
 * @param {Told} message
 * @param {Place} place
 * @returns {StreamEntry}
 * @throws {PublishError} When it is no message of ours, or not of this subject.
 */
export function readStoredMessage(message, { subject, epoch, seq, timeMs }) {
  const event = readEvent(message.string(), seq, timeMs);
  const own = subjectOfEvent(event);
  if (own !== subject)
    throw new PublishError(
      `it belongs to ${STORED}${own}; allowed: the subject of its topic, and of its user_id`,
    );
  return new StreamEntry(event, epoch, seq, message.headers?.get(HEADERS.origin) || null);
}

/**
 * @param {string} text
 * @param {number | null} seq
 * @param {number} timeMs
 */
function readEvent(text, seq, timeMs) {
  const events = readPublished(withId(parse(text), seq), isoTime(timeMs));
  const [event] = events;
  if (event === undefined || events.length > 1)
    throw new PublishError(
      `it is ${events.length} events; allowed: one, as each has a number of its own`,
    );
  return event;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PublishError(`it is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * A notification that was published without an id is the same one for every gateway.
 * @param {unknown} message
 * @param {number | null} seq
 */
function withId(message, seq) {
  if (seq === null || !isObject(message) || message.type !== 'notification') return message;
  const { notification } = message;
  const id = `stored-${seq}`;
  if (isObject(notification))
    return notification.id === undefined
      ? { ...message, notification: { ...notification, id } }
      : message;
  return message.id === undefined ? { ...message, id } : message;
}
