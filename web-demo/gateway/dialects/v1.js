/**
 * Dialect v1, what deployed servers speak, complete: this file reads frames and finds the command, the
 * commands stand beside each other in `v1/`. Every frame that is not understood is answered with one
 * `error` that names what, where and what is allowed. Beyond deployed servers: see `v1/welcome.js`.
 */

import { isoNow } from '../clock.js';
import { describe, isObject, toSnakeCase } from '../fields.js';
import { MAXIMUM_BATCH_DEPTH } from '../event.js';
import { PublishError } from '../published.js';
import { discussionCommands } from './v1/discussion-commands.js';
import { FrameError, LONGEST_ID_CHARACTERS, echoMessageId } from './v1/fields.js';
import { notificationCommands } from './v1/notification-commands.js';
import { sessionCommands } from './v1/session-commands.js';
import { subscriptionCommands } from './v1/subscription-commands.js';
import { Welcome } from './v1/welcome.js';

/** @typedef {import('../fields.js').Fields} Fields */
/** @typedef {import('../client.js').Client} Client */

const SUBPROTOCOL = 'civic-engagement-v1';
const MAXIMUM_BATCH_MESSAGES = 1000;

export class DialectV1 {
  static subprotocol = SUBPROTOCOL;

  #services;
  /** @type {Record<string, (client: Client, message: Fields, depth: number) => void>} */
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
        (client, error, message) => this.#refuse(client, error, message),
        welcome,
      ),
      batch: (client, message, depth) => this.#batch(client, message, depth),
    };
  }

  /**
   * @param {Client} client
   * @param {Buffer} data One frame's payload.
   * @param {boolean} isBinary A binary frame may hold the same JSON as UTF-8 bytes.
   */
  receive(client, data, isBinary) {
    if (isBinary && data[0] !== 0x7b) {
      this.#refuse(
        client,
        'frame is binary and does not start with {; allowed: one JSON object',
        null,
      );
      return;
    }
    /** @type {unknown} */
    let message;
    try {
      message = JSON.parse(data.toString('utf8'));
    } catch (error) {
      this.#refuse(client, `frame is not JSON: ${/** @type {Error} */ (error).message}`, null);
      return;
    }
    this.#receiveMessage(client, message, 0);
  }

  /** @returns {string} A heartbeat frame. */
  heartbeat() {
    return JSON.stringify({ type: 'heartbeat', timestamp: isoNow(this.#services.clock) });
  }

  /**
   * @param {Client} client
   * @param {unknown} message
   * @param {number} depth How many batches are around it.
   */
  #receiveMessage(client, message, depth) {
    try {
      if (!isObject(message))
        throw new FrameError(`message is ${describe(message)}; allowed: a JSON object with a type`);
      if (typeof message.type !== 'string')
        throw new FrameError(`type is ${describe(message.type)}; allowed: a text`);
      const type = toSnakeCase(message.type.slice(0, 100));
      const command = Object.hasOwn(this.#commands, type) ? this.#commands[type] : undefined;
      this.#services.counters.countReceived(command === undefined ? 'unknown' : type);
      if (command === undefined) {
        throw new FrameError(
          `type ${describe(message.type)} is not known; allowed: ${Object.keys(this.#commands).join(', ')}`,
        );
      }
      if (!client.authenticated && type !== 'auth' && type !== 'ping') {
        throw new FrameError(
          `${type} needs a token first; send {"type":"auth","data":{"token":…},"messageId":…}`,
        );
      }
      command(client, message, depth);
    } catch (error) {
      // A page's message can be refused where it is published, too: by what it nests.
      if (!(error instanceof FrameError) && !(error instanceof PublishError)) throw error;
      this.#refuse(client, error.message, isObject(message) ? message : null);
    }
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   * @param {number} depth
   */
  #batch(client, message, depth) {
    if (depth >= MAXIMUM_BATCH_DEPTH) {
      throw new FrameError(
        `batch: is inside ${depth} other batches; allowed: ${MAXIMUM_BATCH_DEPTH} levels`,
      );
    }
    if (!Array.isArray(message.messages)) {
      throw new FrameError(
        `batch: messages is ${describe(message.messages)}; allowed: an array of messages`,
      );
    }
    if (message.messages.length > MAXIMUM_BATCH_MESSAGES) {
      throw new FrameError(
        `batch: messages has ${message.messages.length} entries; allowed: at most ${MAXIMUM_BATCH_MESSAGES}`,
      );
    }
    for (const inner of message.messages) this.#receiveMessage(client, inner, depth + 1);
  }

  /**
   * @param {Client} client
   * @param {string} error
   * @param {Fields | null} message What could not be obeyed, if it was an object.
   */
  #refuse(client, error, message) {
    const type = message?.type;
    const originalType = typeof type === 'string' ? type.slice(0, LONGEST_ID_CHARACTERS) : null;
    this.#services.counters.errorsSent += 1;
    // The error text can quote what the client sent, so it goes to the client alone.
    this.#services.logger.debug(`${client.id} was answered with an error`);
    client.reply({
      type: 'error',
      data: { error, originalType },
      messageId: message === null ? null : echoMessageId(message),
      timestamp: isoNow(this.#services.clock),
    });
  }
}
