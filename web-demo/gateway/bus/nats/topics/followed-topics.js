/**
 * The topics that somebody here follows: which subjects are listened to because of them, through one connection
 * after the other, and what is kept of them.
 */

import { Channel } from './channel.js';
import { KeptLanes } from './kept-lanes.js';
import { LaneChecks } from './lane-checks.js';
import { Lane } from './lane.js';
import { STREAM } from '../stream/stream.js';
import { personOf, subjectOf } from '../stream/subjects.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('../../bus.js').Bus} Bus */
/** @typedef {import('./lane.js').LaneLimits & { streamMemoryBytes: number }} MemoryLimits Of what is kept here of topics that are followed. */

/**
 * @typedef {object} FollowedTopicsParts
 * @property {MemoryLimits} limits
 * @property {import('../../bus.js').BusServices} services
 * @property {import('../connection/session.js').Session} session
 * @property {import('../stream/stream.js').EventStream} stream
 * @property {import('../telling/listener.js').Listener} listener
 * @property {Bus['receive']} receive
 * @property {NonNullable<Bus['remember']>} remember
 * @property {NonNullable<Bus['lost']>} lost
 * @property {NonNullable<Bus['late']>} late
 */

const READ_AGAIN_MS = 1000;
/** What a gateway that was not there before has to know of a topic. */
const NEWEST_EVENTS = 100;

export class FollowedTopics {
  #parts;
  /** By topic. @type {Map<string, Channel>} */
  #channels = new Map();
  /** Subjects of lanes. @type {Set<string>} */
  #heard = new Set();
  #checks;
  /** What is kept of all of them. */
  kept;

  /** @param {FollowedTopicsParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.kept = new KeptLanes(parts.limits.streamMemoryBytes);
    this.#checks = new LaneChecks({
      services: parts.services,
      history: () => parts.session.history,
      channels: () => this.#channels.values(),
    });
  }

  start() {
    this.#checks.start();
  }

  get size() {
    return this.#channels.size;
  }

  /**
   * @param {string} subject
   * @returns {boolean} True when a topic that is followed hears it.
   */
  isHeard(subject) {
    return this.#heard.has(subject);
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @returns {Promise<void>} Settles when nothing that is stored from now on is missed.
   */
  async follow(topic, audience) {
    const { session } = this.#parts;
    let channel = this.#channels.get(topic);
    if (channel === undefined)
      this.#channels.set(topic, (channel = new Channel(topic, this.#channelParts())));
    const lanes = [this.#lane(channel, null), this.#lane(channel, personOf(topic, audience))];
    if (session.connection === null || session.trouble !== null) throw session.unavailable();
    await Promise.all(lanes.map((lane) => /** @type {Channel} */ (channel).placed(lane)));
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   */
  unfollow(topic, audience) {
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
   * @returns {Lane[] | null} What the audience sees of it; null when that is not followed.
   */
  lanes(topic, audience) {
    const channel = this.#channels.get(topic);
    const person = personOf(topic, audience);
    const audiences = person === null ? [null] : [null, person];
    const lanes = audiences.flatMap((one) => channel?.lanes.get(one) ?? []);
    return lanes.length === audiences.length ? lanes : null;
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @returns {Promise<Lane[]>} The same, when it is known where they stand.
   * @throws {Error} When it is not followed.
   */
  async placedLanes(topic, audience) {
    const { session } = this.#parts;
    const channel = this.#channels.get(topic);
    const lanes = this.lanes(topic, audience);
    if (channel === undefined || lanes === null)
      throw new Error(`${topic} is not followed; allowed: topics that are`);
    if (session.trouble !== null) throw session.unavailable();
    await Promise.all(lanes.map((lane) => channel.placed(lane)));
    return lanes;
  }

  /**
   * Listens through a new connection.
   * @param {NatsConnection} connection
   */
  open(connection) {
    connection.subscribe(`$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED.${STREAM}`, {
      callback: () => this.#checks.allSoon(),
    });
    for (const channel of this.#channels.values())
      for (const lane of channel.lanes.values()) this.#hear(channel, lane, connection);
  }

  /** Looks into history for what was missed. */
  bring() {
    for (const channel of this.#channels.values()) channel.bring();
  }

  /** The stream is another one: nothing that was heard before says anything about it. */
  beginAnew() {
    for (const [topic, channel] of this.#channels) {
      for (const lane of channel.lanes.values()) this.kept.forgetNewest(lane);
      channel.forget();
      this.#parts.lost(topic, null);
    }
    this.bring();
  }

  /** There is no connection any more. @param {Error} error Whoever waits is told. */
  lose(error) {
    for (const channel of this.#channels.values()) {
      for (const lane of channel.lanes.values()) lane.subscription = null;
      channel.fail(error);
    }
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} seq Of an event that was just stored.
   * @returns {boolean} True when what is heard of the topic brings it.
   */
  brings(topic, audience, seq) {
    const lane = this.#channels.get(topic)?.lanes.get(audience);
    return lane !== undefined && (!lane.isPlaced || seq > lane.start);
  }

  /** @param {Error} error Whoever waits is told. */
  close(error) {
    this.#checks.close();
    for (const channel of this.#channels.values()) channel.fail(error);
  }

  /** @returns {import('./channel.js').ChannelParts} */
  #channelParts() {
    const { session, services, stream, receive, remember, lost, late } = this.#parts;
    return {
      history: () => session.history,
      deliver: (lane, entry) => {
        this.kept.keep(lane, entry);
        stream.saw(Number(entry.seq));
        receive(entry);
      },
      recall: async (lane, history) => {
        await this.kept.readNewest(lane, NEWEST_EVENTS, history);
        for (const entry of lane.last(NEWEST_EVENTS)) remember(entry);
      },
      lost,
      late,
      doubt: () => session.doubt(),
      failed: (error, retry) => {
        services.logger.error(`NATS could not be asked for what was missed: ${error.message}`);
        services.clock.setTimeout(() => {
          if (!session.isClosed) retry();
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
    const { limits, session } = this.#parts;
    const subject = subjectOf(channel.topic, audience);
    const lane = new Lane(subject, audience, this.kept.tally, limits);
    channel.lanes.set(audience, lane);
    this.#heard.add(subject);
    this.#checks.add(lane);
    const { connection } = session;
    if (connection === null || session.history === null) return lane;
    this.#hear(channel, lane, connection);
    connection.flush().then(
      () => {
        if (session.connection === connection && channel.lanes.get(audience) === lane)
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
    this.kept.forget(lane);
    this.#heard.delete(lane.subject);
  }

  /**
   * @param {Channel} channel
   * @param {Lane} lane
   * @param {NatsConnection} connection
   */
  #hear(channel, lane, connection) {
    const { listener } = this.#parts;
    lane.subscription = listener.topic(connection, lane.subject, channel.topic, (stored) =>
      channel.hear({ lane, ...stored }),
    );
  }
}
