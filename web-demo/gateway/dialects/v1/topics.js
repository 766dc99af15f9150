/** The topics a page can subscribe to, and what each of them is about. */

import {
  BILL_ID_RULE,
  describe,
  isObject,
  readBillId,
  readField,
  readId,
} from '../../events/fields.js';
import { NOTIFICATION_TOPIC } from '../../events/published/notification-messages.js';
import { FrameError } from './fields.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */

/**
 * @typedef {object} Target
 * @property {string} topic As the gateway knows it.
 * @property {'bill' | 'discussion' | 'notifications' | 'other'} kind
 * @property {string | null} billId Of a bill, or of a bill's discussion.
 * @property {Fields} data Of the confirmation.
 */

export const PLAIN_TOPICS = ['*', 'expert:updates', 'moderation:events', NOTIFICATION_TOPIC];
const TOPIC_RULE =
  'bill:ID, discussion:ID, community:ID, expert:updates, moderation:events, user_notifications, or *';

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {Target}
 */
export function readTarget(message, command) {
  const { topic } = message;
  if (topic === undefined || topic === null) return billTarget(message, command, null);
  if (typeof topic === 'string') {
    if (PLAIN_TOPICS.includes(topic)) {
      const kind = topic === NOTIFICATION_TOPIC ? 'notifications' : 'other';
      return { topic, kind, billId: null, data: { topic } };
    }
    const [, name = '', id = ''] = /^([a-z]+):(.*)$/s.exec(topic) ?? [];
    if (name === 'bill' && readBillId(id) !== null)
      return billTarget(message, command, readBillId(id));
    if ((name === 'discussion' || name === 'community') && readId(id) !== undefined)
      return discussionTarget(message, command, name, id);
  }
  throw new FrameError(`${command}: topic is ${describe(topic)}; allowed: ${TOPIC_RULE}`);
}

/**
 * @param {string} topic
 * @returns {string | null} The bill whose discussion it is.
 */
export function discussedBill(topic) {
  const [, id = ''] = /^(?:discussion|community):(.*)$/s.exec(topic) ?? [];
  return readBillId(id);
}

/**
 * @param {Fields} message
 * @param {string} command
 * @param {string | null} fromTopic
 * @returns {Target} Deployed servers require `data.bill_id` here, and so does this one.
 */
function billTarget(message, command, fromTopic) {
  const given = givenBill(message);
  const billId = readBillId(given);
  if (billId === null) {
    throw new FrameError(
      `${command}: data.bill_id is ${describe(given)}; allowed: ${BILL_ID_RULE}`,
    );
  }
  if (fromTopic !== null && fromTopic !== billId) throw differentBills(message, command, billId);
  return { topic: `bill:${billId}`, kind: 'bill', billId, data: { bill_id: given } };
}

/**
 * @param {Fields} message
 * @param {string} command
 * @param {string} name
 * @param {string} id Of a bill, or of whatever else is discussed.
 * @returns {Target}
 */
function discussionTarget(message, command, name, id) {
  const billId = readBillId(id);
  const topic = `${name}:${billId ?? id}`;
  const given = givenBill(message);
  if (given !== undefined && readBillId(given) !== billId)
    throw differentBills(message, command, given);
  const data = billId === null ? { topic } : { topic, bill_id: Number(billId) };
  return { topic, kind: 'discussion', billId, data };
}

/** @param {Fields} message */
function givenBill(message) {
  return isObject(message.data) ? readField(message.data, 'bill_id') : undefined;
}

/**
 * @param {Fields} message
 * @param {string} command
 * @param {unknown} billId
 */
function differentBills({ topic }, command, billId) {
  return new FrameError(
    `${command}: topic is ${describe(topic)} but data.bill_id is ${typeof billId === 'string' ? billId : describe(billId)}; allowed: the same bill in both`,
  );
}
