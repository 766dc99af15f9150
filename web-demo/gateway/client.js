/**
 * One connected client: its identity for log lines, what it subscribed to, who is behind it,
 * whether it showed its token, whether it still lives, and its outbox. What its frames mean is the dialect's business.
 */

import { eventMatches } from './filters.js';

/**
 * @typedef {object} TopicSubscriptions
 * @property {Map<string, import('./filters.js').Filters | null>} byId
 * @property {number} unfiltered How many of them have no filters.
 */

export class Client {
  /** @type {Map<string, TopicSubscriptions>} */
  #topics = new Map();
  #socket;

  /**
   * @param {string} id Short, unique while the gateway runs.
   * @param {import('ws').WebSocket} webSocket
   * @param {import('node:stream').Duplex} socket
   * @param {import('./outbox.js').Outbox} outbox
   * @param {boolean} authenticated
   * @param {import('./users.js').User} user
   */
  constructor(id, webSocket, socket, outbox, authenticated, user) {
    this.id = id;
    this.webSocket = webSocket;
    this.outbox = outbox;
    this.authenticated = authenticated;
    /** Who is behind it; changes when a token is shown later. */
    this.user = user;
    /** Set by every sign of life, cleared by the liveness check. */
    this.alive = true;
    /** Over all topics. */
    this.subscriptionCount = 0;
    this.#socket = socket;
    outbox.onDrain = () => {
      this.alive = true;
      if (webSocket.isPaused) webSocket.resume();
    };
  }

  /** @returns {IterableIterator<string>} */
  get topics() {
    return this.#topics.keys();
  }

  /**
   * @param {string} topic
   * @param {string} subscriptionId
   * @returns {boolean}
   */
  isSubscribed(topic, subscriptionId) {
    return this.#topics.get(topic)?.byId.has(subscriptionId) ?? false;
  }

  /**
   * Adds a subscription, or changes the filters of the one that has this id.
   * @param {string} topic
   * @param {string} subscriptionId
   * @param {import('./filters.js').Filters | null} filters
   */
  subscribe(topic, subscriptionId, filters) {
    const entry = this.#topics.get(topic) ?? { byId: new Map(), unfiltered: 0 };
    if (entry.byId.get(subscriptionId) === null) entry.unfiltered -= 1;
    if (!entry.byId.has(subscriptionId)) this.subscriptionCount += 1;
    entry.byId.set(subscriptionId, filters);
    if (filters === null) entry.unfiltered += 1;
    this.#topics.set(topic, entry);
  }

  /**
   * @param {string} topic
   * @param {string | null} subscriptionId Null removes all subscriptions to the topic.
   */
  unsubscribe(topic, subscriptionId) {
    const entry = this.#topics.get(topic);
    if (entry === undefined) return;
    for (const [id, filters] of entry.byId) {
      if (subscriptionId !== null && subscriptionId !== id) continue;
      entry.byId.delete(id);
      this.subscriptionCount -= 1;
      if (filters === null) entry.unfiltered -= 1;
    }
    if (entry.byId.size === 0) this.#topics.delete(topic);
  }

  /**
   * @param {string} topic
   * @returns {boolean}
   */
  hasTopic(topic) {
    return this.#topics.has(topic);
  }

  /**
   * @param {string} topic
   * @param {import('./event.js').GatewayEvent} event
   * @returns {boolean} True when a subscription to the topic lets the event through.
   */
  wants(topic, event) {
    const entry = this.#topics.get(topic);
    if (entry === undefined) return false;
    if (entry.unfiltered > 0) return true;
    for (const filters of entry.byId.values()) {
      if (filters !== null && eventMatches(filters, event)) return true;
    }
    return false;
  }

  /**
   * Sends a reply. A client that asks faster than it reads is not read from until it has caught up.
   * @param {Record<string, unknown>} message
   */
  reply(message) {
    this.outbox.reply(JSON.stringify(message));
    if (this.outbox.bufferedBytes > 2 * this.outbox.limitBytes && !this.webSocket.isPaused) {
      this.webSocket.pause();
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  close(code, reason) {
    this.outbox.close();
    if (this.webSocket.isPaused) this.webSocket.resume();
    this.webSocket.close(code, reason);
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate() {
    this.outbox.close();
    if (this.webSocket.isPaused) this.webSocket.resume();
    this.webSocket.terminate();
    this.#socket.destroy();
  }
}
