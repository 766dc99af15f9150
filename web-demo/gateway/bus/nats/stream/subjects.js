/**
 * Topics as subjects. A stored event of topic `bill:1` has the subject `civic.bill.1`, and is told to gateways
 * on `civic-events.bill.1`, where what is not stored passes, too. An event for one user has the user's id as
 * one more token.
 */

import { NOTIFICATION_TOPIC } from '../../../events/published/notification-messages.js';

/** What the stream stores. */
export const STORED = 'civic.';
/** What gateways listen to. */
export const TOLD = 'civic-events.';

/**
 * @param {string} topic
 * @param {string | null} audience A user's id.
 * @returns {string} What follows `STORED` and `TOLD`.
 */
export function subjectOf(topic, audience) {
  const colon = topic.indexOf(':');
  const tokens =
    colon < 0 ? [topic] : [topic.slice(0, colon), topic.slice(colon + 1) /* may be any text */];
  if (audience !== null) tokens.push(audience);
  return tokens.map(token).join('.');
}

/**
 * @param {import('../../../events/event.js').GatewayEvent} event
 * @returns {string}
 */
export function subjectOfEvent(event) {
  return subjectOf(event.topic, event.userId);
}

/**
 * @param {string} name Of a document.
 * @returns {string} As a key of a bucket, where = stands for %.
 */
export function keyOf(name) {
  return token(name).replaceAll('%', '=');
}

/**
 * @param {string} topic
 * @param {string | null} audience
 * @returns {string | null} The audience, if the topic has events for single users.
 */
export function personOf(topic, audience) {
  return topic === NOTIFICATION_TOPIC ? audience : null;
}

/**
 * @param {string} text
 * @returns {string} As one token of a subject: letters, digits, - and _ as they are, other bytes as %XX.
 */
function token(text) {
  if (/^[\w-]+$/.test(text)) return text;
  const bytes = [...Buffer.from(text)];
  return bytes.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : escaped(byte))).join('');
}

/** @param {number} byte */
function isPlain(byte) {
  return /[\w-]/.test(String.fromCharCode(byte));
}

/** @param {number} byte */
function escaped(byte) {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
