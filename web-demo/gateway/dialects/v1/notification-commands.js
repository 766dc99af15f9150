/**
 * What a page tells about its user's notifications and preferences. The user's other connections are
 * told, so that several tabs show the same.
 */

import { ID_RULE, describe, isObject } from '../../fields.js';
import { isoNow } from '../../clock.js';
import { FrameError, checkLength, echoMessageId, optionalId, readData } from './fields.js';

/** @typedef {import('../../client.js').Client} Client */
/** @typedef {import('../../fields.js').Fields} Fields */

const LONGEST_PREFERENCES_CHARACTERS = 8192;

/**
 * @param {import('./services.js').DialectServices} services
 * @param {import('./services.js').Reply} reply
 * @returns {import('./services.js').Commands}
 */
export function notificationCommands({ publish, preferences, fanOut, clock }, reply) {
  /**
   * @param {Client} client
   * @param {'notification_read' | 'notification_clear'} type
   * @param {Fields} which
   */
  function echo(client, type, which) {
    const timestamp = isoNow(clock);
    publish({ type, ...which, user_id: client.user.id, timestamp }, client);
  }

  return {
    mark_notification_read(client, message) {
      const id = requireNotification(message, 'mark_notification_read');
      echo(client, 'notification_read', { notification_id: id });
    },

    clear_notification(client, message) {
      const id = requireNotification(message, 'clear_notification');
      echo(client, 'notification_clear', { notification_id: id });
    },

    clear_all_notifications(client, message) {
      if (message.data !== undefined) readData(message, 'clear_all_notifications');
      echo(client, 'notification_clear', { clear_all: true });
    },

    get_preferences(client, message) {
      const found = preferences.of(client.user.id);
      reply(client, 'preferences_response', { preferences: found }, echoMessageId(message));
    },

    update_preferences(client, message) {
      const { preferences: changes } = readData(message, 'update_preferences');
      if (!isObject(changes))
        throw new FrameError(
          `update_preferences: data.preferences is ${describe(changes)}; allowed: an object`,
        );
      const { id } = client.user;
      const place = 'update_preferences: data.preferences';
      checkLength({ ...preferences.of(id), ...changes }, place, LONGEST_PREFERENCES_CHARACTERS);
      const updated = { preferences: preferences.update(id, changes) };
      reply(client, 'preferences_updated', updated, echoMessageId(message));
      for (const other of fanOut.clients)
        if (other !== client && other.user.id === id)
          reply(other, 'preferences_updated', updated, null);
    },
  };
}

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {string | number}
 */
function requireNotification(message, command) {
  const id = optionalId(readData(message, command), 'notification_id', command);
  if (id !== null) return id;
  throw new FrameError(`${command}: data.notification_id is missing; allowed: ${ID_RULE}`);
}
