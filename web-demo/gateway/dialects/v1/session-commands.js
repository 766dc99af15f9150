/** `auth`, `ping`, and the signs of life that need no answer. */

import { isoNow } from '../../clock.js';
import { CLOSE_TOKEN_INVALID } from '../../access/token-watch.js';
import { NOTIFICATION_TOPIC } from '../../events/published/notification-messages.js';
import { echoMessageId, requireToken } from './fields.js';

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */

/**
 * @param {import('./services.js').DialectServices} services
 * @param {import('./services.js').Reply} reply
 * @param {(client: Client, error: string, message: Fields) => void} refuse
 * @param {import('./welcome.js').Welcome} welcome
 * @returns {import('./services.js').Commands}
 */
export function sessionCommands(services, reply, refuse, welcome) {
  const { admission, clock, community, fanOut, tokenWatch, users } = services;
  return {
    ping(client, message) {
      const messageId = echoMessageId(message) ?? undefined;
      client.reply({ type: 'pong', messageId, timestamp: isoNow(clock) });
    },

    auth(client, message) {
      const token = requireToken(message, 'auth');
      const { verdict, expiresMs } = admission.judge(token);
      if (verdict !== 'accepted') {
        const why = verdict === 'expired' ? 'expired' : 'not accepted';
        refuse(client, `auth: the token is ${why}`, message);
        client.close(CLOSE_TOKEN_INVALID, `token ${why}`);
        return;
      }
      tokenWatch.watch(client, expiresMs);
      const user = users.ofToken(token);
      const isAnother = user.id !== client.user.id;
      if (isAnother) community.typing.stopAll(client);
      client.authenticated = true;
      client.user = user;
      fanOut.userChanged(client);
      reply(client, 'auth_confirmation', { authenticated: true }, echoMessageId(message));
      if (isAnother && client.subscriptions.has(NOTIFICATION_TOPIC))
        welcome.sendNotifications(client, null);
    },

    heartbeat() {},
    pong() {},
  };
}
