/** `auth`, `ping`, and the signs of life that need no answer. */

import { isoNow } from '../../clock.js';
import { isObject } from '../../fields.js';
import { NOTIFICATION_TOPIC } from '../../published/notification-messages.js';
import { FrameError, echoMessageId } from './fields.js';

/** @typedef {import('../../client.js').Client} Client */
/** @typedef {import('../../fields.js').Fields} Fields */

const CLOSE_TOKEN_INVALID = 4001;

/**
 * @param {import('./services.js').DialectServices} services
 * @param {import('./services.js').Reply} reply
 * @param {(client: Client, error: string, message: Fields) => void} refuse
 * @param {import('./welcome.js').Welcome} welcome
 * @returns {import('./services.js').Commands}
 */
export function sessionCommands({ admission, clock, community, users }, reply, refuse, welcome) {
  return {
    ping(client, message) {
      const messageId = echoMessageId(message) ?? undefined;
      client.reply({ type: 'pong', messageId, timestamp: isoNow(clock) });
    },

    auth(client, message) {
      const token = isObject(message.data) ? message.data.token : undefined;
      if (typeof token !== 'string' || token === '') {
        throw new FrameError(
          `auth: data.token is ${token === '' ? 'empty' : token === undefined ? 'missing' : 'not a text'}; allowed: a text`,
        );
      }
      if (!admission.acceptsToken(token)) {
        refuse(client, 'auth: the token is not accepted', message);
        client.close(CLOSE_TOKEN_INVALID, 'token not accepted');
        return;
      }
      const user = users.ofToken(token);
      const isAnother = user.id !== client.user.id;
      if (isAnother) community.typing.stopAll(client);
      client.authenticated = true;
      client.user = user;
      reply(client, 'auth_confirmation', { authenticated: true }, echoMessageId(message));
      if (isAnother && client.hasTopic(NOTIFICATION_TOPIC)) welcome.sendNotifications(client, null);
    },

    heartbeat() {},
    pong() {},
  };
}
