/**
 * Streams in NATS with JetStream, shared by any number of gateways. The number of an event is its number in
 * the stream, so it has holes within a topic; the epoch names the stream. A gateway hears of a topic for as
 * long as somebody here wants it, and keeps its newest events for those who come back; everything else is
 * read from the stream.
 */

import { randomBytes } from 'node:crypto';
import { StreamEntry } from '../stream-entry.js';
import { Buckets } from './documents/buckets.js';
import { EventStore } from './stream/event-store.js';
import { EveryTopic } from './topics/every-topic.js';
import { Faults } from './stream/faults.js';
import { FollowedTopics } from './topics/followed-topics.js';
import { Headcount } from './telling/headcount.js';
import { LateServices } from './connection/late-services.js';
import { Listener } from './telling/listener.js';
import { Publications } from './stream/publications.js';
import { Session } from './connection/session.js';
import { EventStream } from './stream/stream.js';
import { Teller } from './telling/teller.js';
import { TopicViews } from './topics/topic-views.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {import('../bus.js').Bus} Bus */

const BUS_ID_BYTES = 9;
/** Instead of one topic. */
const EVERYTHING = '*';

/** @implements {Bus} */
export class NatsBus {
  isShared = true;
  #services = new LateServices();
  #session;
  #buckets;
  #publications;
  #store;
  #teller;
  #headcount;
  #topics;
  #every;
  #views;

  /** @type {Bus['receive']} */
  receive = () => {};
  /** @type {NonNullable<Bus['lost']>} */
  lost = () => {};
  /** @type {NonNullable<Bus['late']>} */
  late = () => {};
  /** @type {NonNullable<Bus['remember']>} */
  remember = () => {};
  /** @type {NonNullable<Bus['presenceChanged']>} */
  presenceChanged = () => {};
  /** @type {NonNullable<Bus['outageChanged']>} */
  outageChanged = () => {};

  /**
   * @param {import('./library.js').NatsLibrary} library
   * @param {import('./connection/address.js').NatsAddress} address
   * @param {import('./stream/stream.js').Retention & import('./topics/followed-topics.js').MemoryLimits} options
   */
  constructor(library, address, options) {
    const services = this.#services;
    const busId = randomBytes(BUS_ID_BYTES).toString('base64url');
    const faults = new Faults(services);
    const receive = (/** @type {StreamEntry} */ entry) => this.receive(entry);
    const stream = new EventStream(options, () => services.clock.now());
    const session = new Session({
      library,
      address,
      name: `civic-realtime gateway ${busId}`,
      services,
      stream,
      faults,
      another: () => this.#topics.beginAnew(),
      begin: (connection, manager) => this.#begin(connection, manager),
      began: (connection) => this.#began(connection),
      ended: (error) => this.#ended(error),
      troubleChanged: (trouble) => this.outageChanged(trouble),
    });
    this.#session = session;
    this.#buckets = new Buckets({
      library,
      services,
      replicas: options.streamReplicas,
      unavailable: (error) => session.unavailable(error),
    });
    this.#publications = new Publications({ library, services, busId });
    this.#teller = new Teller({ library, busId, connection: () => session.connection });
    this.#headcount = new Headcount({
      services,
      tell: (topic, count, asks) => this.#teller.present(topic, count, asks),
      changed: (topic) => this.presenceChanged(topic),
    });
    const listener = new Listener({
      busId,
      services,
      stream,
      publications: this.#publications,
      faults,
      isCurrent: (connection) => session.connection === connection,
      passing: receive,
      present: (topic, { gateway, count, asks }) =>
        this.#headcount.heard(topic, gateway, count, asks),
    });
    this.#topics = new FollowedTopics({
      limits: options,
      services,
      session,
      stream,
      listener,
      receive,
      remember: (entry) => this.remember(entry),
      lost: (topic, audience) => this.lost(topic, audience),
      late: (topic, audience) => this.late(topic, audience),
    });
    this.#store = new EventStore({
      services,
      address,
      session,
      stream,
      publications: this.#publications,
      topics: this.#topics,
      receive,
    });
    this.#every = new EveryTopic({
      listener,
      session,
      isHeard: (subject) => this.#topics.isHeard(subject),
      receive,
    });
    this.#views = new TopicViews({ topics: this.#topics, session, stream, services });
  }

  get outage() {
    return this.#session.trouble;
  }

  /** @type {Bus['documents']} */
  documents(kind) {
    return this.#buckets.documents(kind);
  }

  /** @type {NonNullable<Bus['start']>} */
  start(services) {
    this.#services.give(services);
    this.#headcount.start();
    this.#topics.start();
    this.#session.start();
  }

  /**
   * @param {import('../../events/event.js').GatewayEvent} event
   * @param {string | null} origin
   * @param {string | null} messageId
   * @param {number} [after]
   * @returns {null | Promise<import('../bus.js').Position>}
   */
  publish(event, origin, messageId, after) {
    if (!event.isLasting) {
      this.receive(new StreamEntry(event, null, null, origin));
      this.#teller.event(event, origin);
      return null;
    }
    return this.#store.store(event, origin, messageId, after);
  }

  /** @type {Bus['follow']} */
  follow(topic, audience) {
    return topic === EVERYTHING ? this.#every.follow() : this.#topics.follow(topic, audience);
  }

  /** @type {Bus['unfollow']} */
  unfollow(topic, audience) {
    if (topic === EVERYTHING) this.#every.unfollow();
    else this.#topics.unfollow(topic, audience);
  }

  /** @type {Bus['locate']} */
  locate(topic, audience, count, since) {
    return this.#views.locate(topic, audience, count, since);
  }

  /** @type {Bus['replay']} */
  replay(topic, audience, after, limit) {
    return this.#views.replay(topic, audience, after, limit);
  }

  /** @type {NonNullable<Bus['present']>} */
  present(topic, count) {
    this.#headcount.set(topic, count);
  }

  /** @type {NonNullable<Bus['presentElsewhere']>} */
  presentElsewhere(topic) {
    return this.#headcount.elsewhere(topic);
  }

  /** @type {Bus['stats']} */
  stats() {
    const { events, bytes, evicted } = this.#topics.kept.tally;
    return {
      kind: 'nats',
      streams: this.#topics.size,
      followed: this.#topics.size + (this.#every.isFollowed ? 1 : 0),
      historyEvents: events,
      historyBytes: bytes,
      evictedEvents: evicted,
    };
  }

  async close() {
    if (!this.#services.areGiven) return;
    const error = this.#session.end();
    this.#headcount.close();
    this.#publications.close(error);
    this.#topics.close(error);
    await this.#session.close();
  }

  /**
   * @param {NatsConnection} connection
   * @param {JetStreamManager} manager
   */
  async #begin(connection, manager) {
    await this.#buckets.open(connection, manager);
    this.#topics.open(connection);
    this.#every.open(connection);
    await connection.flush();
  }

  /** @param {NatsConnection} connection */
  #began(connection) {
    this.#publications.open(connection);
    this.#topics.bring();
    this.#headcount.tellAll();
  }

  /** @param {Error} error */
  #ended(error) {
    this.#publications.lose();
    this.#buckets.lose();
    this.#every.lose();
    this.#topics.lose(error);
  }
}
