/**
 * Streams in NATS with JetStream, shared by any number of gateways. The number of an event is its number in
 * the stream, so it has holes within a topic; the epoch names the stream. A gateway hears of a topic for as
 * long as somebody here wants it, and keeps its newest events for those who come back; everything else is
 * read from the stream.
 */

import { randomBytes } from 'node:crypto';
import { inOrder } from '../shelf.js';
import { StreamEntry } from '../stream-entry.js';
import { Superseded } from '../superseded.js';
import { BusUnavailable } from '../unavailable.js';
import { Channel } from './channel.js';
import { Faults } from './faults.js';
import { Headcount } from './headcount.js';
import { History } from './history.js';
import { KeptLanes } from './kept-lanes.js';
import { LaneChecks } from './lane-checks.js';
import { LaneViews } from './lane-views.js';
import { Lane } from './lane.js';
import { Link } from './link.js';
import { NatsDocuments } from './nats-documents.js';
import { Publications } from './publications.js';
import { HEADERS, readStoredMessage } from './stored-message.js';
import { EventStream, STREAM } from './stream.js';
import { TOLD, isPersonal, subjectOf, subjectOfEvent } from './subjects.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/transport-node').Msg} Msg */
/** @typedef {import('@nats-io/transport-node').Subscription} Subscription */
/** @typedef {import('../bus.js').Bus} Bus */
/** @typedef {import('../bus.js').BusServices} BusServices */
/** @typedef {import('./lane.js').LaneLimits & { streamMemoryBytes: number }} MemoryLimits Of what is kept here of topics that are followed. */

const BUS_ID_BYTES = 9;
const RETRY_AFTER_MS = 5000;
const OPEN_AGAIN_MS = 500;
const REQUEST_TIMEOUT_MS = 3000;
const READER_TIMEOUT_MS = 1000;
const READ_AGAIN_MS = 1000;
const DOUBT_INTERVAL_MS = 1000;
/** What a gateway that was not there before has to know of a topic. */
const NEWEST_EVENTS = 100;

/** @implements {Bus} */
export class NatsBus {
  #id = randomBytes(BUS_ID_BYTES).toString('base64url');
  #library;
  #address;
  #options;
  #stream;
  /** @type {BusServices | null} */
  #services = null;
  /** @type {Link | null} */
  #link = null;
  /** @type {NatsConnection | null} */
  #connection = null;
  /** @type {History | null} */
  #history = null;
  /** @type {Publications | null} */
  #publications = null;
  /** @type {Headcount | null} */
  #headcount = null;
  /** By kind. @type {Map<string, NatsDocuments>} */
  #documents = new Map();
  isShared = true;
  /** By topic. @type {Map<string, Channel>} */
  #channels = new Map();
  /** Subjects of lanes. @type {Set<string>} */
  #heard = new Set();
  #views;
  #kept;
  #everything = { isFollowed: false, subscription: /** @type {Subscription | null} */ (null) };
  #faults = new Faults(() => this.#known().logger);
  #isStoring = true;
  /** @type {string | null} */
  #trouble = 'NATS is not connected yet';
  #isClosed = false;
  /** @type {LaneChecks | null} */
  #checks = null;
  #doubtedMs = 0;

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
   * @param {import('./address.js').NatsAddress} address
   * @param {import('./stream.js').Retention & MemoryLimits} options
   */
  constructor(library, address, options) {
    this.#library = library;
    this.#address = address;
    this.#options = options;
    this.#kept = new KeptLanes(options.streamMemoryBytes);
    this.#views = new LaneViews(() => this.#known().clock, this.#kept);
    this.#stream = new EventStream(options, () => this.#known().clock.now());
  }

  get outage() {
    return this.#trouble;
  }

  /** @param {import('../documents.js').DocumentKind} kind */
  documents(kind) {
    const known =
      this.#documents.get(kind) ??
      new NatsDocuments({
        library: this.#library,
        bucket: `civic-${kind}`,
        replicas: this.#options.streamReplicas,
        isWatched: kind === 'preferences',
        unavailable: (error) => this.#unavailable(error),
        logger: () => this.#known().logger,
      });
    this.#documents.set(kind, known);
    return known;
  }

  /** @param {BusServices} services */
  start(services) {
    this.#services = services;
    const { clock } = services;
    this.#publications = new Publications({ library: this.#library, clock, busId: this.#id });
    this.#headcount = new Headcount({
      clock,
      tell: (topic, count, asks) => this.#tellPresent(topic, count, asks),
      changed: (topic) => this.presenceChanged(topic),
    });
    this.#link = new Link({
      library: this.#library,
      address: this.#address,
      name: `civic-realtime gateway ${this.#id}`,
      up: (connection) => void this.#up(connection),
      down: (reason) => this.#down(reason),
    });
    void this.#link.run();
    this.#checks = new LaneChecks({
      clock,
      history: () => this.#history,
      channels: () => this.#channels.values(),
    });
  }

  /**
   * @param {import('../../event.js').GatewayEvent} event
   * @param {string | null} origin
   * @param {string | null} messageId
   * @param {number} [after]
   * @returns {null | Promise<import('../bus.js').Position>}
   */
  publish(event, origin, messageId, after) {
    const subject = subjectOfEvent(event);
    if (!event.isLasting) {
      this.#tell(event, subject, origin);
      return null;
    }
    if (this.#publications === null || this.#history === null)
      return Promise.reject(this.#unavailable());
    const publishing = this.#publications.publish(event, subject, origin, messageId, after);
    return this.#stored(publishing, event, origin);
  }

  /**
   * @param {ReturnType<Publications['publish']>} publishing
   * @param {import('../../event.js').GatewayEvent} event
   * @param {string | null} origin
   */
  async #stored(publishing, event, origin) {
    const { seq, isDuplicate, isReceived } = await publishing.catch((error) => {
      if (!(error instanceof Superseded)) this.#storingFailed(error);
      throw error;
    });
    if (!this.#isStoring) this.#known().logger.info(`NATS at ${this.#address.label} stores again`);
    this.#isStoring = true;
    const { epoch } = this.#stream;
    this.#stream.saw(seq);
    const lane = this.#channels.get(event.topic)?.lanes.get(audienceOf(event));
    const isBrought = lane !== undefined && (!lane.isPlaced || seq > lane.start);
    if (!isDuplicate && !isReceived && !isBrought)
      this.receive(new StreamEntry(event, epoch, seq, origin));
    return { epoch, seq };
  }

  /** @param {Error} error */
  #storingFailed(error) {
    if (!this.#isStoring || this.#isClosed) return;
    this.#isStoring = false;
    this.#known().logger.error(
      `${error.message}; what is published is refused until it is stored again`,
    );
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @returns {Promise<void>}
   */
  async follow(topic, audience) {
    if (topic === '*') {
      this.#everything.isFollowed = true;
      if (this.#connection === null) throw this.#unavailable();
      this.#hearEverything(this.#connection);
      return this.#connection.flush();
    }
    let channel = this.#channels.get(topic);
    if (channel === undefined)
      this.#channels.set(topic, (channel = new Channel(topic, this.#channelParts())));
    const lanes = [this.#lane(channel, null), this.#lane(channel, personOf(topic, audience))];
    if (this.#connection === null || this.#trouble !== null) throw this.#unavailable();
    await Promise.all(lanes.map((lane) => /** @type {Channel} */ (channel).placed(lane)));
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   */
  unfollow(topic, audience) {
    if (topic === '*') {
      this.#everything.isFollowed = false;
      this.#everything.subscription?.unsubscribe();
      this.#everything.subscription = null;
      return;
    }
    const channel = this.#channels.get(topic);
    if (channel === undefined) return;
    const person = personOf(topic, audience);
    this.#closeLane(channel, person);
    // Everybody's lane goes with the last person's.
    if (person !== null && channel.lanes.size === 1) this.#closeLane(channel, null);
    if (channel.lanes.size === 0) this.#channels.delete(topic);
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} count
   * @param {import('../bus.js').Position | null} since
   * @returns {Promise<import('../bus.js').Place>}
   */
  async locate(topic, audience, count, since) {
    const { history, lanes } = await this.#view(topic, audience);
    const source = { history, stream: this.#stream };
    const { epoch } = this.#stream;
    try {
      return since !== null && since.epoch === epoch
        ? await this.#views.locateKnown(lanes, since.seq, source)
        : await this.#views.locateNewest(lanes, count, source);
    } catch (error) {
      throw this.#unavailable(/** @type {Error} */ (error));
    }
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} after
   * @param {number} limit
   * @returns {import('../bus.js').Replay | Promise<import('../bus.js').Replay>}
   */
  replay(topic, audience, after, limit) {
    const lanes = this.#lanesOf(topic, audience);
    if (lanes === null || lanes.some(({ isPlaced, floor }) => !isPlaced || floor > after))
      return this.#replayFromHistory(topic, audience, after, limit);
    const entries = inOrder(lanes.map((lane) => lane.after(after, limit))).slice(0, limit);
    const seq = Math.max(after, ...lanes.map(({ position }) => position));
    return { epoch: this.#stream.epoch, seq, floor: after, entries };
  }

  /**
   * @param {string} topic
   * @param {number} count
   */
  present(topic, count) {
    this.#headcount?.set(topic, count);
  }

  /** @param {string} topic */
  presentElsewhere(topic) {
    return this.#headcount?.elsewhere(topic) ?? 0;
  }

  /** @returns {import('../bus.js').BusStats} */
  stats() {
    return {
      kind: 'nats',
      streams: this.#channels.size,
      followed: this.#channels.size + (this.#everything.isFollowed ? 1 : 0),
      historyEvents: this.#kept.tally.events,
      historyBytes: this.#kept.tally.bytes,
      evictedEvents: this.#kept.tally.evicted,
    };
  }

  async close() {
    this.#isClosed = true;
    this.#checks?.close();
    const error = new BusUnavailable('the gateway is shutting down', RETRY_AFTER_MS);
    this.#headcount?.close();
    this.#publications?.close(error);
    this.#history?.close(error);
    for (const channel of this.#channels.values()) channel.fail(error);
    await this.#link?.close();
  }

  /**
   * @param {NatsConnection} connection
   */
  async #up(connection) {
    const { clock } = this.#known();
    const { jetstream } = this.#library;
    this.#connection = connection;
    const isCurrent = () => this.#connection === connection && !this.#isClosed;
    while (isCurrent()) {
      try {
        const manager = await jetstream.jetstreamManager(connection, {
          timeout: REQUEST_TIMEOUT_MS,
        });
        const isAnother = await this.#stream.open(manager);
        if (!isCurrent()) return;
        const readers = await jetstream.jetstreamManager(connection, {
          checkAPI: false,
          timeout: READER_TIMEOUT_MS,
        });
        await this.#begin(connection, manager, readers, isAnother);
        if (isCurrent()) this.#setTrouble(null);
        return;
      } catch (error) {
        if (!isCurrent()) return;
        this.#setTrouble(
          `NATS at ${this.#address.label} cannot keep events: ${/** @type {Error} */ (error).message}`,
        );
        await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), OPEN_AGAIN_MS));
      }
    }
  }

  /**
   * @param {NatsConnection} connection
   * @param {import('@nats-io/jetstream').JetStreamManager} manager
   * @param {import('@nats-io/jetstream').JetStreamManager} readers
   * @param {boolean} isAnother
   */
  async #begin(connection, manager, readers, isAnother) {
    const history = new History(connection, manager, readers, {
      stream: this.#stream,
      ends: this.#stream.ends,
      onFault: (subject, seq, error) => this.#faults.tell(subject, seq, error),
    });
    connection.subscribe(`$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED.${STREAM}`, {
      callback: () => this.#checks?.allSoon(),
    });
    for (const documents of this.#documents.values()) await documents.open(connection, manager);
    if (isAnother) this.#forgetAll();
    for (const channel of this.#channels.values())
      for (const lane of channel.lanes.values()) this.#hear(channel, lane, connection);
    if (this.#everything.isFollowed) this.#hearEverything(connection);
    await connection.flush();
    this.#history = history;
    /** @type {Publications} */ (this.#publications).open(connection);
    for (const channel of this.#channels.values()) channel.bring();
    this.#headcount?.tellAll();
  }

  #forgetAll() {
    this.#known().logger.error(
      'the history in NATS is not the one there was before: pages are told of a gap',
    );
    for (const [topic, channel] of this.#channels) {
      for (const lane of channel.lanes.values()) this.#kept.forgetNewest(lane);
      channel.forget();
      this.lost(topic, null);
    }
  }

  /** @param {string} reason */
  #down(reason) {
    this.#connection = null;
    const history = this.#history;
    this.#history = null;
    this.#publications?.lose();
    for (const documents of this.#documents.values()) documents.lose();
    for (const channel of this.#channels.values())
      for (const lane of channel.lanes.values()) lane.subscription = null;
    this.#everything.subscription = null;
    this.#setTrouble(reason);
    const error = this.#unavailable();
    history?.close(error);
    for (const channel of this.#channels.values()) channel.fail(error);
  }

  /** @param {string | null} trouble */
  #setTrouble(trouble) {
    if (trouble === this.#trouble || this.#isClosed) return;
    const { logger } = this.#known();
    this.#trouble = trouble;
    if (trouble === null) logger.info(`NATS at ${this.#address.label} is connected`);
    else logger.error(`${trouble}; the gateway tries again until it can`);
    this.outageChanged(trouble);
  }

  /** @returns {import('./channel.js').ChannelParts} */
  #channelParts() {
    return {
      history: () => this.#history,
      deliver: (lane, entry) => {
        this.#kept.keep(lane, entry);
        this.#stream.saw(Number(entry.seq));
        this.receive(entry);
      },
      recall: async (lane, history) => {
        await this.#kept.readNewest(lane, NEWEST_EVENTS, history);
        for (const entry of lane.last(NEWEST_EVENTS)) this.remember(entry);
      },
      lost: (topic, audience) => this.lost(topic, audience),
      late: (topic, audience) => this.late(topic, audience),
      doubt: () => this.#doubt(),
      failed: (error, retry) => {
        const { logger, clock } = this.#known();
        logger.error(`NATS could not be asked for what was missed: ${error.message}`);
        clock.setTimeout(() => {
          if (!this.#isClosed) retry();
        }, READ_AGAIN_MS);
      },
    };
  }

  /**
   * @param {Channel} channel
   * @param {string | null} audience
   * @returns {Lane}
   */
  #lane(channel, audience) {
    const known = channel.lanes.get(audience);
    if (known !== undefined) return known;
    const subject = subjectOf(channel.topic, audience);
    const lane = new Lane(subject, audience, this.#kept.tally, this.#options);
    channel.lanes.set(audience, lane);
    this.#heard.add(subject);
    this.#checks?.add(lane);
    const connection = this.#connection;
    if (connection === null || this.#history === null) return lane;
    this.#hear(channel, lane, connection);
    connection.flush().then(
      () => {
        if (this.#connection === connection && channel.lanes.get(audience) === lane)
          channel.bring([lane]);
      },
      () => {},
    );
    return lane;
  }

  /**
   * @param {Channel} channel
   * @param {string | null} audience
   */
  #closeLane(channel, audience) {
    const lane = channel.lanes.get(audience);
    if (lane === undefined) return;
    channel.close(audience);
    this.#kept.forget(lane);
    this.#heard.delete(lane.subject);
  }

  /**
   * @param {Channel} channel
   * @param {Lane} lane
   * @param {NatsConnection} connection
   */
  #hear(channel, lane, connection) {
    lane.subscription = connection.subscribe(`${TOLD}${lane.subject}`, {
      callback: (error, message) => {
        if (error !== null || this.#connection !== connection) return;
        const place = placeOf(message);
        if (place === null) {
          if (!this.#countsHeads(message, channel.topic)) this.#passing(message, lane.subject);
          return;
        }
        const { seq, previous } = place;
        channel.hear({ lane, seq, previous, read: () => this.#entry(message, lane.subject, seq) });
      },
    });
  }

  /** @param {NatsConnection} connection */
  #hearEverything(connection) {
    this.#everything.subscription ??= connection.subscribe(`${TOLD}>`, {
      callback: (error, message) => {
        if (error !== null || this.#connection !== connection) return;
        const subject = message.subject.slice(TOLD.length);
        if (this.#heard.has(subject)) return;
        const place = placeOf(message);
        if (place === null) {
          if (!message.headers?.has(HEADERS.present)) this.#passing(message, subject);
        } else {
          const entry = this.#entry(message, subject, place.seq);
          if (entry !== null) this.receive(entry);
        }
      },
    });
  }

  /**
   * @param {string} topic
   * @param {number} count
   * @param {boolean} asks
   */
  #tellPresent(topic, count, asks) {
    if (this.#connection === null) return;
    const headers = this.#library.transport.headers();
    headers.set(HEADERS.present, `${this.#id} ${count}${asks ? ' ?' : ''}`);
    this.#connection.publish(`${TOLD}${subjectOf(topic, null)}`, undefined, { headers });
  }

  /**
   * @param {Msg} message
   * @param {string} topic
   * @returns {boolean} True when another gateway, or this one, says how many follow a topic there.
   */
  #countsHeads({ headers }, topic) {
    const [gateway = '', count, asks] = (headers?.get(HEADERS.present) ?? '').split(' ');
    if (gateway === '') return false;
    if (gateway !== this.#id) this.#headcount?.heard(topic, gateway, Number(count), asks === '?');
    return true;
  }

  /**
   * What is not stored.
   * @param {Msg} message
   * @param {string} subject
   */
  #passing(message, subject) {
    // Its own were received when they were sent.
    if (message.headers?.get(HEADERS.publication) === this.#id) return;
    const entry = this.#entry(message, subject, null);
    if (entry !== null) this.receive(entry);
  }

  /**
   * @param {import('../../event.js').GatewayEvent} event
   * @param {string} subject
   * @param {string | null} origin
   */
  #tell(event, subject, origin) {
    this.receive(new StreamEntry(event, null, null, origin));
    if (this.#connection === null) return;
    const headers = this.#library.transport.headers();
    headers.set(HEADERS.publication, this.#id);
    if (origin !== null) headers.set(HEADERS.origin, origin);
    this.#connection.publish(`${TOLD}${subject}`, event.json, { headers });
  }

  /**
   * @param {Msg} message
   * @param {string} subject
   * @param {number | null} seq
   * @returns {StreamEntry | null} Null when it is no event.
   */
  #entry(message, subject, seq) {
    const epoch = seq === null ? null : this.#stream.epoch;
    const id = message.headers?.get(HEADERS.publication) ?? '';
    const own = seq === null ? null : this.#publications?.received(id);
    if (own) return new StreamEntry(own.event, epoch, seq, own.origin);
    try {
      const timeMs = this.#known().clock.now();
      return readStoredMessage(message, { subject, epoch, seq, timeMs });
    } catch (error) {
      this.#faults.tell(subject, seq, /** @type {Error} */ (error));
      return null;
    }
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @returns {Lane[] | null} Null when it is not followed.
   */
  #lanesOf(topic, audience) {
    const channel = this.#channels.get(topic);
    const person = personOf(topic, audience);
    const audiences = person === null ? [null] : [null, person];
    const lanes = audiences.flatMap((one) => channel?.lanes.get(one) ?? []);
    return lanes.length === audiences.length ? lanes : null;
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @returns {Promise<{ history: History, lanes: Lane[] }>} Where it is known where they stand.
   */
  async #view(topic, audience) {
    const channel = this.#channels.get(topic);
    const lanes = this.#lanesOf(topic, audience);
    if (channel === undefined || lanes === null)
      throw new Error(`${topic} is not followed; allowed: topics that are`);
    if (this.#trouble !== null) throw this.#unavailable();
    await Promise.all(lanes.map((lane) => channel.placed(lane)));
    if (this.#history === null) throw this.#unavailable();
    return { history: this.#history, lanes };
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} after
   * @param {number} limit
   * @returns {Promise<import('../bus.js').Replay>}
   */
  async #replayFromHistory(topic, audience, after, limit) {
    const { history, lanes } = await this.#view(topic, audience);
    return this.#views.replay(lanes, after, limit, { history, stream: this.#stream });
  }

  /** A number was heard again: perhaps somebody made the stream anew. */
  #doubt() {
    const { clock } = this.#known();
    if (clock.now() < this.#doubtedMs + DOUBT_INTERVAL_MS) return;
    this.#doubtedMs = clock.now();
    this.#compareStream();
  }

  #compareStream() {
    const connection = this.#connection;
    if (connection === null || this.#history === null) return;
    const opening = this.#library.jetstream
      .jetstreamManager(connection, { checkAPI: false })
      .then((manager) => this.#stream.open(manager));
    opening.then(
      (isAnother) => {
        if (!isAnother || this.#connection !== connection) return;
        this.#forgetAll();
        for (const channel of this.#channels.values()) channel.bring();
      },
      () => {},
    );
  }

  #known() {
    if (this.#services === null) throw new Error('the bus was not started');
    return this.#services;
  }

  /** @param {Error} [error] */
  #unavailable(error) {
    if (error instanceof BusUnavailable) return error;
    return new BusUnavailable(
      this.#trouble ?? `NATS did not answer: ${error?.message ?? 'it is gone'}`,
      RETRY_AFTER_MS,
    );
  }
}

/** @param {import('../../event.js').GatewayEvent} event */
function audienceOf({ topic, userId }) {
  return personOf(topic, userId);
}

/**
 * @param {string} topic
 * @param {string | null} audience
 * @returns {string | null} The audience, if the topic has events for it alone.
 */
function personOf(topic, audience) {
  return isPersonal(topic) ? audience : null;
}

/**
 * @param {Msg} message
 * @returns {{ seq: number, previous: number } | null} Null for what is not stored.
 */
function placeOf({ headers }) {
  const seq = Number(headers?.get(HEADERS.seq) || 0);
  if (!Number.isSafeInteger(seq) || seq <= 0) return null;
  return { seq, previous: Number(headers?.get(HEADERS.previous) || 0) };
}
