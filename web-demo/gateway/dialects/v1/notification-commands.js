/**
 * What a page tells about its user's notifications and preferences. Both are told to the user's other
 * connections, so that several tabs show the same.
 */

import { ID_RULE, describe, isObject } from '../../events/fields.js';
import { isoNow } from '../../clock.js';
import { FrameError, checkLength, echoMessageId, optionalId, readData } from './fields.js';

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */

const LONGEST_PREFERENCES_CHARACTERS = 8192;

/**
 * @param {import('./services.js').DialectServices} services
 * @param {import('./services.js').Reply} reply
 * @returns {import('./services.js').Commands}
 */
export function notificationCommands({ publish, preferences, clock }, reply) {
  /**
   * @param {Client} client
   * @param {'notification_read' | 'notification_clear'} type
   * @param {Fields} which
   */
  function echo(client, type, which) {
    const timestamp = isoNow(clock);
    publish({ type, ...which, user_id: client.user.id, timestamp }, client);
  }

  /**
   * @param {Client} client
   * @param {string} type
   * @param {Fields | Promise<Fields>} found
   * @param {string | number | null} messageId
   * @returns {void | Promise<void>}
   */
  function answer(client, type, found, messageId) {
    /** @param {Fields} all */
    const tell = (all) => reply(client, type, { preferences: all }, messageId);
    return found instanceof Promise ? found.then(tell) : tell(found);
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
      const messageId = echoMessageId(message);
      return answer(client, 'preferences_response', preferences.of(client.user), messageId);
    },

    update_preferences(client, message) {
      const { preferences: changes } = readData(message, 'update_preferences');
      if (!isObject(changes))
        throw new FrameError(
          `update_preferences: data.preferences is ${describe(changes)}; allowed: an object`,
        );
      const messageId = echoMessageId(message);
      const updated = preferences.update(client.user, client.origin, (before) => {
        const all = { ...before, ...changes };
        checkLength(all, 'update_preferences: data.preferences', LONGEST_PREFERENCES_CHARACTERS);
        return all;
      });
      return answer(client, 'preferences_updated', updated, messageId);
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
