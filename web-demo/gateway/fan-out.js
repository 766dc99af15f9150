/**
 * Who gets what: the connected clients, the topics they subscribed to, and the delivery of an event
 * to everyone who wants it, once each. Never waits for a client.
 */

const POLL_INTERVAL_MS = 2;

export class FanOut {
  /** @type {Map<string, Set<import('./client.js').Client>>} */
  #interest = new Map();
  #clock;

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
    /** @type {Set<import('./client.js').Client>} */
    this.clients = new Set();
    /** Events dropped for clients that are gone. */
    this.droppedBefore = 0;
    /** Events offered to clients. */
    this.delivered = 0;
    /** Called whenever a topic got or lost a subscriber. @type {() => void} */
    this.onInterestChange = () => {};
  }

  /** @param {import('./client.js').Client} client */
  add(client) {
    this.clients.add(client);
  }

  /** @param {import('./client.js').Client} client */
  remove(client) {
    if (!this.clients.delete(client)) return;
    this.droppedBefore += client.outbox.dropped;
    for (const topic of client.topics) this.#forget(topic, client);
    this.onInterestChange();
  }

  /**
   * @param {import('./client.js').Client} client
   * @param {string} topic
   * @param {string} subscriptionId
   * @param {import('./filters.js').Filters | null} filters
   */
  subscribe(client, topic, subscriptionId, filters) {
    client.subscribe(topic, subscriptionId, filters);
    let clients = this.#interest.get(topic);
    if (clients === undefined) this.#interest.set(topic, (clients = new Set()));
    clients.add(client);
    this.onInterestChange();
  }

  /**
   * @param {import('./client.js').Client} client
   * @param {string} topic
   * @param {string | null} subscriptionId
   */
  unsubscribe(client, topic, subscriptionId) {
    client.unsubscribe(topic, subscriptionId);
    if (!client.hasTopic(topic)) this.#forget(topic, client);
    this.onInterestChange();
  }

  /**
   * @param {import('./event.js').GatewayEvent} event
   * @param {Set<import('./client.js').Client>} [reached] Collects who got it.
   * @param {unknown} [except] A client that does not get it.
   * @returns {number} How many clients it was delivered to.
   */
  deliver(event, reached, except) {
    let delivered = 0;
    const { topics, userId } = event;
    for (let index = 0; index <= topics.length; index += 1) {
      const topic = topics[index] ?? '*';
      for (const client of this.#interest.get(topic) ?? []) {
        if (client === except || (userId !== null && client.user.id !== userId)) continue;
        if (!client.wants(topic, event)) continue;
        if (index > 0 && hadItBefore(client, event, index)) continue;
        client.outbox.offer(event);
        reached?.add(client);
        delivered += 1;
      }
    }
    this.delivered += delivered;
    return delivered;
  }

  /**
   * Events published during the work leave in groups, at its end at the latest.
   * @param {() => void} work
   */
  together(work) {
    for (const { outbox } of this.clients) outbox.gather();
    try {
      work();
    } finally {
      for (const { outbox } of this.clients) outbox.release();
    }
  }

  /**
   * @param {string[]} topics
   * @returns {Set<import('./client.js').Client>} Everyone subscribed to at least one of them.
   */
  followers(topics) {
    return new Set(topics.flatMap((topic) => [...(this.#interest.get(topic) ?? [])]));
  }

  /**
   * @param {string} topic
   * @returns {number}
   */
  subscriberCount(topic) {
    return this.#interest.get(topic)?.size ?? 0;
  }

  /**
   * @param {number} billCount What a subscription to `*` counts for.
   * @returns {number} Pairs of a client and a bill it follows.
   */
  billSubscriptionCount(billCount) {
    let count = 0;
    for (const [topic, clients] of this.#interest) {
      if (topic.startsWith('bill:')) count += clients.size;
      else if (topic === '*') count += clients.size * billCount;
    }
    return count;
  }

  /**
   * Waits until every client has taken most of what it was sent, so that a replay at full speed
   * loses nothing to conflation. A client that takes nothing for the given time is left behind.
   * @param {number} patienceMs
   * @returns {Promise<void>}
   */
  async whenWritable(patienceMs) {
    await new Promise((resolve) => setImmediate(resolve));
    const deadline = this.#clock.now() + patienceMs;
    while (this.isCongested()) {
      if (this.#clock.now() >= deadline) this.#leaveBehindCongested();
      else
        await new Promise((resolve) =>
          this.#clock.setTimeout(() => resolve(undefined), POLL_INTERVAL_MS),
        );
    }
  }

  #leaveBehindCongested() {
    for (const { outbox } of this.clients) if (outbox.isCongested) outbox.isStuck = true;
  }

  /** @returns {boolean} True when it is better to wait before more is published. */
  isCongested() {
    for (const { outbox } of this.clients) if (outbox.isCongested) return true;
    return false;
  }

  /**
   * @param {string} topic
   * @param {import('./client.js').Client} client
   */
  #forget(topic, client) {
    const clients = this.#interest.get(topic);
    if (clients?.delete(client) && clients.size === 0) this.#interest.delete(topic);
  }
}

/**
 * @param {import('./client.js').Client} client
 * @param {import('./event.js').GatewayEvent} event
 * @param {number} index
 * @returns {boolean} True when one of the event's topics before this one brought it to the client.
 */
function hadItBefore(client, event, index) {
  for (let before = 0; before < index; before += 1)
    if (client.wants(/** @type {string} */ (event.topics[before]), event)) return true;
  return false;
}
