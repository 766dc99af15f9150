/**
 * Who gets what: the connected clients, the topics they subscribed to, and the delivery of an event
 * to everyone who wants it, once each. Never waits for a client. The bus is told which streams are wanted.
 */

import { streamOf } from '../events/event.js';
import { NOTIFICATION_TOPIC } from '../events/published/notification-messages.js';
import { WantedStreams } from './wanted-streams.js';

const POLL_INTERVAL_MS = 2;

export class FanOut {
  /** @type {Map<string, Set<import('../connections/client.js').Client>>} */
  #interest = new Map();
  #streams;
  /** Whose notifications a client gets. @type {Map<import('../connections/client.js').Client, string>} */
  #audiences = new Map();
  #clock;

  /**
   * @param {import('../clock.js').Clock} clock
   * @param {Pick<import('../bus/bus.js').Bus, 'follow' | 'unfollow'>} bus
   */
  constructor(clock, bus) {
    this.#clock = clock;
    this.#streams = new WantedStreams(bus);
    /** @type {Set<import('../connections/client.js').Client>} */
    this.clients = new Set();
    /** Events dropped for clients that are gone. */
    this.droppedBefore = 0;
    /** Events offered to clients. */
    this.delivered = 0;
    /** Called whenever a topic got or lost a subscriber. @type {() => void} */
    this.onInterestChange = () => {};
  }

  /** @param {import('../connections/client.js').Client} client */
  add(client) {
    this.clients.add(client);
  }

  /** @param {import('../connections/client.js').Client} client */
  remove(client) {
    if (!this.clients.delete(client)) return;
    this.droppedBefore += client.outbox.dropped;
    for (const topic of client.subscriptions.topics) this.#forget(topic, client);
    this.onInterestChange();
  }

  /**
   * @param {import('../connections/client.js').Client} client
   * @param {string} topic
   * @returns {Promise<void> | null} Settles when nothing published from now on is missed; null: now.
   */
  follow(client, topic) {
    let clients = this.#interest.get(topic);
    if (clients === undefined) {
      this.#interest.set(topic, (clients = new Set()));
      if (topic !== NOTIFICATION_TOPIC) this.#streams.want(streamOf(topic), null);
    }
    clients.add(client);
    if (topic === NOTIFICATION_TOPIC) this.#wantOwn(client);
    this.onInterestChange();
    const audience = topic === NOTIFICATION_TOPIC ? client.user.id : null;
    return this.#streams.ready(streamOf(topic), audience);
  }

  /**
   * Another user is behind a client now.
   * @param {import('../connections/client.js').Client} client
   */
  userChanged(client) {
    if (this.#interest.get(NOTIFICATION_TOPIC)?.has(client)) this.#wantOwn(client);
  }

  /**
   * The gateway itself wants a stream, whoever subscribed to it.
   * @param {string} stream
   * @returns {Promise<void> | null} As `follow`.
   */
  hold(stream) {
    this.#streams.want(stream, null);
    return this.#streams.ready(stream, null);
  }

  /** @param {string} stream That was held. */
  release(stream) {
    this.#streams.wantNoMore(stream, null);
  }

  /**
   * What comes next of a topic may come after events that were left out.
   * @param {string} topic
   * @param {string | null} audience
   */
  lost(topic, audience) {
    for (const client of this.#concerned(topic, audience)) client.subscriptions.lost?.(topic);
  }

  /**
   * An event came after one with a higher number.
   * @param {string} topic
   * @param {string | null} audience
   */
  late(topic, audience) {
    for (const client of this.#concerned(topic, audience)) client.subscriptions.late?.(topic);
  }

  /**
   * @param {import('../connections/client.js').Client} client
   * @param {string} topic
   */
  unfollow(client, topic) {
    this.#forget(topic, client);
    this.onInterestChange();
  }

  /**
   * @param {import('../bus/stream-entry.js').StreamEntry} entry
   * @param {Set<import('../connections/client.js').Client>} [reached] Collects who got it.
   * @returns {number} How many clients it was delivered to.
   */
  deliver(entry, reached) {
    let delivered = 0;
    const { topics, userId } = entry.event;
    for (let index = 0; index <= topics.length; index += 1) {
      const topic = topics[index] ?? '*';
      for (const client of this.#interest.get(topic) ?? []) {
        if (userId !== null && client.user.id !== userId) continue;
        if (entry.origin === client.origin && client.dialect.sparesOrigin(entry)) continue;
        if (!client.subscriptions.deliver(entry, topic, index)) continue;
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
   * @returns {Set<import('../connections/client.js').Client>} Everyone subscribed to at least one of them.
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
   * @param {import('../connections/client.js').Client} client
   */
  #forget(topic, client) {
    const clients = this.#interest.get(topic);
    if (!clients?.delete(client)) return;
    const audience = this.#audiences.get(client);
    if (topic === NOTIFICATION_TOPIC && audience !== undefined) {
      this.#audiences.delete(client);
      this.#streams.wantNoMore(topic, audience);
    }
    if (clients.size > 0) return;
    this.#interest.delete(topic);
    if (topic !== NOTIFICATION_TOPIC) this.#streams.wantNoMore(streamOf(topic), null);
  }

  /** @param {import('../connections/client.js').Client} client That gets the notifications of its user. */
  #wantOwn(client) {
    const before = this.#audiences.get(client);
    const { id } = client.user;
    if (before === id) return;
    this.#audiences.set(client, id);
    this.#streams.want(NOTIFICATION_TOPIC, id);
    if (before !== undefined) this.#streams.wantNoMore(NOTIFICATION_TOPIC, before);
  }

  /**
   * @param {string} topic A stream.
   * @param {string | null} audience Null is everybody.
   */
  *#concerned(topic, audience) {
    for (const client of this.#interest.get(topic) ?? [])
      if (audience === null || client.user.id === audience) yield client;
  }
}
