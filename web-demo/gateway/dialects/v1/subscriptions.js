/**
 * What one client of dialect v1 subscribed to: any number of subscriptions per topic, each with an id and
 * filters of its own. An event reaches the client once, whichever of them it passes.
 */

import { eventMatches } from '../../events/filters.js';

/** @typedef {import('../../connections/client.js').ClientSubscriptions} ClientSubscriptions */
/** @typedef {import('../../events/event.js').GatewayEvent} GatewayEvent */
/** @typedef {import('../../events/filters.js').Filters} Filters */

/**
 * @typedef {object} TopicSubscriptions
 * @property {Map<string, Filters | null>} byId
 * @property {number} unfiltered How many of them have no filters.
 */

/** @implements {ClientSubscriptions} */
export class SubscriptionsV1 {
  /** @type {Map<string, TopicSubscriptions>} */
  #topics = new Map();
  #outbox;
  /** Over all topics. */
  count = 0;

  /** @param {import('../../connections/outbox.js').Outbox} outbox */
  constructor(outbox) {
    this.#outbox = outbox;
  }

  /** @returns {IterableIterator<string>} */
  get topics() {
    return this.#topics.keys();
  }

  get isBehind() {
    return false;
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
   * @param {Filters | null} filters
   */
  subscribe(topic, subscriptionId, filters) {
    const entry = this.#topics.get(topic) ?? { byId: new Map(), unfiltered: 0 };
    if (entry.byId.get(subscriptionId) === null) entry.unfiltered -= 1;
    if (!entry.byId.has(subscriptionId)) this.count += 1;
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
      this.count -= 1;
      if (filters === null) entry.unfiltered -= 1;
    }
    if (entry.byId.size === 0) this.#topics.delete(topic);
  }

  /**
   * @param {string} topic
   * @returns {boolean}
   */
  has(topic) {
    return this.#topics.has(topic);
  }

  /**
   * @param {string} topic
   * @param {GatewayEvent} event
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
   * @param {import('../../bus/stream-entry.js').StreamEntry} entry
   * @param {string} topic
   * @param {number} index
   * @returns {boolean}
   */
  deliver({ event }, topic, index) {
    if (!this.wants(topic, event)) return false;
    for (let before = 0; before < index; before += 1)
      if (this.wants(/** @type {string} */ (event.topics[before]), event)) return false;
    this.#outbox.offer(event);
    return true;
  }

  /** @param {GatewayEvent} event */
  offer(event) {
    this.#outbox.offer(event);
  }

  drained() {}
}
