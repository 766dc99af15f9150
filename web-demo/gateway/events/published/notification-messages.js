/** Published notifications, flat or nested under `notification`, and what was read or cleared. */

import { randomUUID } from 'node:crypto';
import { ID_RULE, describe, readField, readId } from '../fields.js';
import { GatewayEvent } from '../event.js';
import {
  PublishError,
  checkTimestamp,
  checkTopic,
  readAnywhere,
  requireObject,
  withTimestamp,
} from './fields.js';

/** @typedef {import('../fields.js').Fields} Fields */

export const NOTIFICATION_TOPIC = 'user_notifications';
const PRIORITIES = ['low', 'normal', 'medium', 'high', 'critical'];

const LONGEST_TITLE_CHARACTERS = 200;
const LONGEST_MESSAGE_CHARACTERS = 4000;

/**
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
export function readNotification(message, where, timestamp) {
  const isNested = message.notification !== undefined;
  const place = isNested ? `${where}.notification` : where;
  const given = isNested ? requireObject(message.notification, place) : message;
  requireText(given, 'title', place, LONGEST_TITLE_CHARACTERS);
  requireText(given, 'message', place, LONGEST_MESSAGE_CHARACTERS);
  const id = optionalId(given, 'id', place) ?? randomUUID();
  const userId = optionalId(message, 'user_id', where) ?? optionalId(given, 'user_id', place);
  const typeName = isNested ? 'type' : 'notification_type';
  if (readField(given, typeName) !== undefined) requireText(given, typeName, place, 64);
  const priority = given.priority ?? 'normal';
  if (typeof priority !== 'string' || !PRIORITIES.includes(priority))
    throw new PublishError(
      `${place}.priority is ${describe(priority)}; allowed: ${PRIORITIES.join(', ')}`,
    );
  if (given.data !== undefined) requireObject(given.data, `${place}.data`);
  const expiresAt = readField(given, 'expires_at');
  checkTimestamp(expiresAt, `${place}.expires_at`);
  checkTimestamp(given.timestamp, `${place}.timestamp`);
  checkTopic(message, [NOTIFICATION_TOPIC], where);
  const complete = withTimestamp({ ...given, id: given.id ?? id, priority }, timestamp);
  return new GatewayEvent({
    type: 'notification',
    message: isNested ? withTimestamp({ ...message, notification: complete }, timestamp) : complete,
    topics: [NOTIFICATION_TOPIC],
    stateKey: `${NOTIFICATION_TOPIC} ${priority}`,
    fields: { id, expires_at: expiresAt },
    userId,
  });
}

/**
 * @param {'notification_read' | 'notification_clear'} type
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
export function readNotificationState(type, message, where, timestamp) {
  if (message.data !== undefined) requireObject(message.data, `${where}.data`);
  const clearAll = readAnywhere(message, 'clear_all', ['data']);
  if (clearAll !== undefined && clearAll !== true)
    throw new PublishError(`${where}.clear_all is ${describe(clearAll)}; allowed: true`);
  const given = readAnywhere(message, 'notification_id', ['data']);
  const notificationId = given === undefined ? null : readId(given);
  if (notificationId === undefined || (notificationId === null && clearAll === undefined))
    throw new PublishError(
      `${where}.notification_id is ${describe(given)}; allowed: ${ID_RULE}, or clear_all: true`,
    );
  checkTopic(message, [NOTIFICATION_TOPIC], where);
  return new GatewayEvent({
    type,
    message: withTimestamp(message, timestamp),
    topics: [NOTIFICATION_TOPIC],
    stateKey: `${NOTIFICATION_TOPIC} ${type} ${notificationId ?? ''}`,
    fields: { notification_id: notificationId, clear_all: clearAll === true },
    userId: optionalId(message, 'user_id', where),
  });
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} where
 * @returns {string | null}
 */
function optionalId(fields, name, where) {
  const given = readField(fields, name);
  if (given === undefined || given === null) return null;
  const id = readId(given);
  if (id === undefined)
    throw new PublishError(`${where}.${name} is ${describe(given)}; allowed: ${ID_RULE}`);
  return id;
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} where
 * @param {number} longest
 */
function requireText(fields, name, where, longest) {
  const value = readField(fields, name);
  if (typeof value === 'string' && value !== '' && value.length <= longest) return;
  throw new PublishError(
    `${where}.${name} is ${describe(value)}; allowed: a text of 1 to ${longest} characters`,
  );
}
