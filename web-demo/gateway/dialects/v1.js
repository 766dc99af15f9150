/**
 * Dialect v1, what deployed servers speak, complete for bills: subscribe, unsubscribe, their batch
 * forms, ping, auth and batch from the client; confirmations, pong and error to it. Every frame
 * that is not understood is answered with one `error` that names what, where and what is allowed.
 *
 * Beyond deployed servers, which replay nothing: after the confirmation of a subscription the client
 * is sent the bill's newest `engagement_metrics`, if any, and one `batched_updates` frame marked
 * `"history": true` with the bill's last updates, oldest first (option `historySize`, 0 = off).
 */

import { isoNow } from '../clock.js';
import { describe, isObject, toSnakeCase } from '../fields.js';
import { eventMatches, readFilters, updateMatches } from '../filters.js';
import {
  FrameError,
  LONGEST_ID_CHARACTERS,
  echoMessageId,
  readMessageId,
  readSubscriptionId,
  readTarget,
  readTopics,
} from './v1-fields.js';
import { GatewayEvent, MAXIMUM_BATCH_DEPTH } from '../event.js';

/** @typedef {import('../fields.js').Fields} Fields */
/** @typedef {import('../client.js').Client} Client */

/**
 * @typedef {object} DialectServices
 * @property {import('../fan-out.js').FanOut} fanOut
 * @property {import('../bills.js').Bills} bills
 * @property {import('../admission.js').Admission} admission
 * @property {import('../counters.js').Counters} counters
 * @property {import('../clock.js').Clock} clock
 * @property {import('../logger.js').Logger} logger
 * @property {number} maximumSubscriptions Per client.
 */

const SUBPROTOCOL = 'civic-engagement-v1';
const MAXIMUM_BATCH_MESSAGES = 1000;
const CLOSE_TOKEN_INVALID = 4001;

export class DialectV1 {
  static subprotocol = SUBPROTOCOL;

  #services;
  /** @type {Record<string, (client: Client, message: Fields, depth: number) => void>} */
  #handlers;

  /** @param {DialectServices} services */
  constructor(services) {
    this.#services = services;
    this.#handlers = {
      subscribe: (client, message) => this.#subscribe(client, message),
      unsubscribe: (client, message) => this.#unsubscribe(client, message),
      batch_subscribe: (client, message) => this.#batchSubscribe(client, message),
      batch_unsubscribe: (client, message) => this.#batchUnsubscribe(client, message),
      ping: (client, message) => this.#ping(client, message),
      auth: (client, message) => this.#authenticate(client, message),
      batch: (client, message, depth) => this.#batch(client, message, depth),
      heartbeat: () => {},
      pong: () => {},
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
      const handler = Object.hasOwn(this.#handlers, type) ? this.#handlers[type] : undefined;
      this.#services.counters.countReceived(handler === undefined ? 'unknown' : type);
      if (handler === undefined) {
        throw new FrameError(
          `type ${describe(message.type)} is not known; allowed: ${Object.keys(this.#handlers).join(', ')}`,
        );
      }
      if (!client.authenticated && type !== 'auth' && type !== 'ping') {
        throw new FrameError(
          `${type} needs a token first; send {"type":"auth","data":{"token":…},"messageId":…}`,
        );
      }
      handler(client, message, depth);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#refuse(client, error.message, isObject(message) ? message : null);
    }
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #subscribe(client, message) {
    const messageId = readMessageId(message, 'subscribe');
    const { topic, data } = readTarget(message, 'subscribe');
    const subscriptionId = readSubscriptionId(message, 'subscribe') ?? topic;
    const filters = readFilters(message.filters);
    if ('error' in filters) throw new FrameError(`subscribe: ${filters.error}`);
    this.#checkRoom(client, 'subscribe', client.isSubscribed(topic, subscriptionId) ? 0 : 1);
    this.#services.fanOut.subscribe(client, topic, subscriptionId, filters.filters);
    this.#services.counters.countSubscribe(topic);
    this.#reply(client, 'subscribe_confirmation', data, messageId);
    this.#sendHistory(client, topic, filters.filters);
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #unsubscribe(client, message) {
    const messageId = readMessageId(message, 'unsubscribe');
    const { topic, data } = readTarget(message, 'unsubscribe');
    const subscriptionId = readSubscriptionId(message, 'unsubscribe');
    if (
      subscriptionId !== null &&
      client.hasTopic(topic) &&
      !client.isSubscribed(topic, subscriptionId)
    ) {
      throw new FrameError(
        `unsubscribe: subscriptionId ${describe(subscriptionId)} is not subscribed to ${topic}; allowed: the id of the subscribe, or none for all of the topic`,
      );
    }
    this.#services.fanOut.unsubscribe(client, topic, subscriptionId);
    this.#services.counters.countUnsubscribe(topic);
    this.#reply(client, 'unsubscribe_confirmation', data, messageId);
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #batchSubscribe(client, message) {
    const messageId = readMessageId(message, 'batch_subscribe');
    const { written, topics } = readTopics(message, 'batch_subscribe');
    const added = topics.filter((topic) => !client.isSubscribed(topic, topic));
    this.#checkRoom(client, 'batch_subscribe', added.length);
    for (const topic of topics) {
      this.#services.fanOut.subscribe(client, topic, topic, null);
      this.#services.counters.countSubscribe(topic);
    }
    this.#reply(client, 'batch_subscribe_confirmation', { bill_ids: written }, messageId);
    for (const topic of topics) this.#sendHistory(client, topic, null);
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #batchUnsubscribe(client, message) {
    const messageId = readMessageId(message, 'batch_unsubscribe');
    const { written, topics } = readTopics(message, 'batch_unsubscribe');
    for (const topic of topics) {
      this.#services.fanOut.unsubscribe(client, topic, null);
      this.#services.counters.countUnsubscribe(topic);
    }
    this.#reply(client, 'batch_unsubscribe_confirmation', { bill_ids: written }, messageId);
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #ping(client, message) {
    const messageId = echoMessageId(message) ?? undefined;
    client.reply({ type: 'pong', messageId, timestamp: isoNow(this.#services.clock) });
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   */
  #authenticate(client, message) {
    const token = isObject(message.data) ? message.data.token : undefined;
    if (typeof token !== 'string' || token === '') {
      throw new FrameError(
        `auth: data.token is ${token === '' ? 'empty' : token === undefined ? 'missing' : 'not a text'}; allowed: a text`,
      );
    }
    if (!this.#services.admission.acceptsToken(token)) {
      this.#refuse(client, 'auth: the token is not accepted', message);
      client.close(CLOSE_TOKEN_INVALID, 'token not accepted');
      return;
    }
    client.authenticated = true;
    this.#reply(client, 'auth_confirmation', { authenticated: true }, echoMessageId(message));
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
   * @param {string} command
   * @param {number} added
   */
  #checkRoom(client, command, added) {
    const limit = this.#services.maximumSubscriptions;
    if (client.subscriptionCount + added <= limit) return;
    throw new FrameError(
      `${command}: this connection has ${client.subscriptionCount} subscriptions and ${added} more were asked for; allowed: at most ${limit}`,
    );
  }

  /**
   * @param {Client} client
   * @param {string} topic
   * @param {import('../filters.js').Filters | null} filters
   */
  #sendHistory(client, topic, filters) {
    const { bills } = this.#services;
    const billIds =
      topic === '*' ? bills.list().map((bill) => String(bill.id)) : [topic.slice('bill:'.length)];
    for (const billId of billIds) {
      const bill = bills.get(billId);
      if (bill === undefined || bills.historySize === 0) continue;
      const { metrics } = bill;
      if (metrics !== null && (filters === null || eventMatches(filters, metrics)))
        client.outbox.offer(metrics);
      const updates =
        filters === null
          ? [...bill.history]
          : bill.history.filter((update) => updateMatches(filters, update));
      if (updates.length === 0) continue;
      const timestamp = isoNow(this.#services.clock);
      const message = {
        type: 'batched_updates',
        bill_id: bill.description.id,
        history: true,
        updates,
        timestamp,
      };
      client.outbox.offer(new GatewayEvent(billId, 'batched_updates', message, updates, null));
    }
  }

  /**
   * @param {Client} client
   * @param {string} type
   * @param {Fields} data
   * @param {string | number | null} messageId
   */
  #reply(client, type, data, messageId) {
    client.reply({ type, data, messageId, timestamp: isoNow(this.#services.clock) });
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
    this.#reply(
      client,
      'error',
      { error, originalType },
      message === null ? null : echoMessageId(message),
    );
  }
}
