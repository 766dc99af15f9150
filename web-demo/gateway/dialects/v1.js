/**
 * Dialect v1, what deployed servers speak, complete: this file reads frames and finds the command, the
 * commands stand beside each other in `v1/`. Every frame that is not understood is answered with one
 * `error` that names what, where and what is allowed. Beyond deployed servers: see `v1/welcome.js`.
 */

import { BusUnavailable } from '../bus/unavailable.js';
import { isoNow } from '../clock.js';
import { PublishError } from '../events/published.js';
import { CLOSE_TOKEN_INVALID } from '../access/token-watch.js';
import { parseFrame, refuse, requireMessages, requireTyped, unknownType } from './frames.js';
import { discussionCommands } from './v1/discussion-commands.js';
import { FrameError } from './v1/fields.js';
import { notificationCommands } from './v1/notification-commands.js';
import { sessionCommands } from './v1/session-commands.js';
import { subscriptionCommands } from './v1/subscription-commands.js';
import { SubscriptionsV1 } from './v1/subscriptions.js';
import { Welcome } from './v1/welcome.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../connections/client.js').Client} Client */
/** @typedef {import('./dialect.js').Dialect} Dialect */

const SUBPROTOCOL = 'civic-engagement-v1';

/** @implements {Dialect} */
export class DialectV1 {
  static subprotocol = SUBPROTOCOL;

  /** @type {'v1'} */
  name = 'v1';
  #services;
  /** @type {Record<string, (client: Client, message: Fields, depth: number) => void | Promise<void>>} */
  #commands;

  /** @param {import('./v1/services.js').DialectServices} services */
  constructor(services) {
    this.#services = services;
    const welcome = new Welcome(services);
    /** @type {import('./v1/services.js').Reply} */
    const reply = (client, type, data, messageId) =>
      client.reply({ type, data, messageId, timestamp: isoNow(services.clock) });
    this.#commands = {
      ...subscriptionCommands(services, reply, welcome),
      ...discussionCommands(services),
      ...notificationCommands(services, reply),
      ...sessionCommands(
        services,
        reply,
        (client, error, message) => refuse(services, client, error, message),
        welcome,
      ),
      batch: (client, message, depth) => {
        for (const inner of requireMessages(message, depth))
          this.#receiveMessage(client, inner, depth + 1);
      },
    };
  }

  /** @param {Client} client */
  subscriptionsOf(client) {
    return new SubscriptionsV1(client.outbox);
  }

  /**
   * @param {Client} client
   * @param {string | null} token
   */
  connected(client, token) {
    const { admission, users } = this.#services;
    client.authenticated = token !== null || !admission.requiresToken;
    client.user = token === null || token === '' ? users.guest() : users.ofToken(token);
  }

  /** @param {Client} client */
  awaits({ authenticated }) {
    return authenticated
      ? null
      : { code: CLOSE_TOKEN_INVALID, reason: 'no token was shown in time' };
  }

  /**
   * @param {Client} client
   * @param {Buffer} data One frame's payload.
   * @param {boolean} isBinary A binary frame may hold the same JSON as UTF-8 bytes.
   */
  receive(client, data, isBinary) {
    /** @type {unknown} */
    let message;
    try {
      message = parseFrame(data, isBinary);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      refuse(this.#services, client, error.message, null);
      return;
    }
    this.#receiveMessage(client, message, 0);
  }

  sparesOrigin() {
    return true;
  }

  /**
   * @param {Client} client
   * @param {unknown} message
   * @param {number} depth How many batches are around it.
   */
  #receiveMessage(client, message, depth) {
    try {
      const { fields, type } = requireTyped(message);
      const command = Object.hasOwn(this.#commands, type) ? this.#commands[type] : undefined;
      this.#services.counters.countReceived(command === undefined ? 'unknown' : type);
      if (command === undefined) throw unknownType(fields, Object.keys(this.#commands));
      if (!client.authenticated && type !== 'auth' && type !== 'ping') {
        throw new FrameError(
          `${type} needs a token first; send {"type":"auth","data":{"token":…},"messageId":…}`,
        );
      }
      command(client, fields, depth)?.catch((error) => this.#fail(client, error, message));
    } catch (error) {
      this.#fail(client, error, message);
    }
  }

  /**
   * @param {Client} client
   * @param {unknown} error
   * @param {unknown} message
   */
  #fail(client, error, message) {
    // A page's message can be refused where it is published, too: by what it nests.
    const isRefused = error instanceof FrameError || error instanceof PublishError;
    if (!isRefused && !(error instanceof BusUnavailable)) throw error;
    refuse(this.#services, client, error.message, message);
  }
}
