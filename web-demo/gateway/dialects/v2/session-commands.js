/** `hello`, `auth`, `ping`, and the signs of life that need no answer. */

import { isoNow } from '../../clock.js';
import { describe } from '../../events/fields.js';
import { NOTIFICATION_TOPIC } from '../../events/published/notification-messages.js';
import { CLOSE_TOKEN_INVALID } from '../../access/token-watch.js';
import { refuse } from '../frames.js';
import {
  FrameError,
  LONGEST_ID_CHARACTERS,
  echoMessageId,
  readData,
  readMessageId,
  requireToken,
} from '../v1/fields.js';
import { COMPRESSION } from './deflate.js';

/** @typedef {import('./services.js').Client} Client */
/** @typedef {import('./services.js').Fields} Fields */

const CLIENT_RULE = `a text of 1 to ${LONGEST_ID_CHARACTERS} characters`;

/**
 * @param {import('./services.js').ServicesV2} services
 * @returns {import('./services.js').CommandsV2}
 */
export function sessionCommands(services) {
  const { admission, clock, community, deflate, fanOut, tokenWatch, users } = services;

  /**
   * @param {Client} client
   * @param {Fields} message
   * @param {string | null} token
   * @returns {import('../../access/admission.js').Judgement | null} Null when the connection is closed for it.
   */
  function judge(client, message, token) {
    const judgement = admission.judge(token ?? undefined);
    const { verdict } = judgement;
    if (verdict === 'accepted') return judgement;
    const why = verdict === 'expired' ? 'expired' : 'not accepted';
    const error = token === null ? 'a token is required and none was shown' : `the token is ${why}`;
    if (verdict === 'expired') services.counters.expiredTokens += 1;
    else services.counters.refusedTokens += 1;
    refuse(services, client, `${String(message.type)}: ${error}`, message, {
      code: 'unauthorized',
    });
    client.close(CLOSE_TOKEN_INVALID, `token ${why}`);
    return null;
  }

  return {
    hello(client, session, message) {
      if (session.isGreeted)
        throw new FrameError('hello: was said before; allowed: once, as the first frame');
      const messageId = readMessageId(message, 'hello');
      const { client: name, token: shown, compression } = readHello(message);
      const token = session.token ?? shown;
      const judgement = judge(client, message, token);
      if (judgement === null) return;
      session.isGreeted = true;
      client.authenticated = true;
      client.user = token === null ? users.ofClient(name) : users.ofToken(token);
      tokenWatch.watch(client, judgement.expiresMs);
      const heartbeatIntervalMs = services.heartbeatIntervalMs || undefined;
      client.reply({
        type: 'welcome',
        messageId,
        data: {
          session: client.id,
          heartbeatIntervalMs,
          maxMessageBytes: services.maximumMessageBytes,
          maxInFlight: services.maximumInFlight,
          tokenExpiresInMs: tokenWatch.remainingMs(judgement.expiresMs),
          compression: compression ? COMPRESSION : undefined,
        },
        timestamp: isoNow(clock),
      });
      if (compression) client.outbox.deflate = deflate;
    },

    auth(client, session, message) {
      const token = requireToken(message, 'auth');
      const judgement = judge(client, message, token);
      if (judgement === null) return;
      const user = users.ofToken(token);
      const isAnother = user.id !== client.user.id;
      if (isAnother) community.typing.stopAll(client);
      client.user = user;
      fanOut.userChanged(client);
      tokenWatch.watch(client, judgement.expiresMs);
      const tokenExpiresInMs = tokenWatch.remainingMs(judgement.expiresMs);
      client.reply({
        type: 'auth_confirmation',
        data: { authenticated: true, tokenExpiresInMs },
        messageId: echoMessageId(message),
        timestamp: isoNow(clock),
      });
      // Another user's notifications are another history: the page sees the epoch, and asks for them.
      if (isAnother && session.cursors.has(NOTIFICATION_TOPIC))
        pong(client, session.cursors.positionOf(NOTIFICATION_TOPIC));
    },

    ping(client, session, message) {
      pong(client, session.cursors.takePositions(), echoMessageId(message) ?? undefined);
    },

    heartbeat() {},
    pong() {},
  };

  /**
   * @param {Client} client
   * @param {{ topic: string, epoch: string, seq: number }[]} positions
   * @param {string | number} [messageId]
   */
  function pong(client, positions, messageId) {
    client.reply({ type: 'pong', messageId, positions, timestamp: isoNow(clock) });
  }
}

/**
 * @param {Fields} message
 * @returns {{ client: string, token: string | null, compression: boolean }}
 */
function readHello(message) {
  const { client, token = null, compression = [] } = readData(message, 'hello');
  if (typeof client !== 'string' || client === '' || client.length > LONGEST_ID_CHARACTERS)
    throw new FrameError(`hello: data.client is ${describe(client)}; allowed: ${CLIENT_RULE}`);
  if (token !== null && (typeof token !== 'string' || token === ''))
    throw new FrameError(
      `hello: data.token is ${token === '' ? 'empty' : 'not a text'}; allowed: a text`,
    );
  if (!Array.isArray(compression) || compression.length > 20)
    throw new FrameError(
      `hello: data.compression is ${describe(compression)}; allowed: an array of names`,
    );
  return { client, token, compression: compression.includes(COMPRESSION) };
}
