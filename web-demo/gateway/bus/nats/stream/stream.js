/**
 * The one stream of JetStream that holds all events: made when it is not there, kept as the options say,
 * and told apart by its epoch from one that lost what it held. Every event that is stored is told again on
 * a subject of its own, with its number and the number before it of the same subject; so a gateway needs no
 * consumer to follow a topic, and notices what it missed.
 */

import { createHash } from 'node:crypto';
import { Ends } from './ends.js';
import { STORED, TOLD } from './subjects.js';

/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {import('@nats-io/jetstream').StreamInfo} StreamInfo */

/**
 * @typedef {object} Retention
 * @property {number} streamEvents Kept of each topic.
 * @property {number} streamAgeSeconds Kept for so long; 0 is without an end.
 * @property {number} streamDiskBytes Kept of all topics together; 0 is as much as NATS allows.
 * @property {number} streamReplicas
 */

export const STREAM = 'CIVIC';
/** How long a message that is published again is recognised; longer than the ten minutes that are promised. */
const DUPLICATE_WINDOW_SECONDS = 11 * 60;
const NANOSECONDS = 1e9;
const LEADER_PATIENCE_MS = 10_000;
const EPOCH_CHARACTERS = 16;
const NOT_FOUND = 10059;
const NAME_IN_USE = 10058;
const DESCRIPTION = 'events of civic-realtime, generation ';

export class EventStream {
  #retention;
  ends = new Ends();
  /** @type {string | null} */
  #epoch = null;
  /** The newest event that this gateway knows of. */
  #newest = 0;
  /** Since when it seems to have less than it had. @type {number | null} */
  #shortSinceMs = null;
  #now;

  /**
   * @param {Retention} retention
   * @param {() => number} now In milliseconds.
   */
  constructor(retention, now) {
    this.#retention = retention;
    this.#now = now;
  }

  /** @returns {boolean} True when several servers have it. */
  get isReplicated() {
    return this.#retention.streamReplicas > 1;
  }

  /** @returns {string} As of the last `open`. */
  get epoch() {
    return this.#epoch ?? '';
  }

  /** @returns {number} How many events of one subject are kept. */
  get eventsOfSubject() {
    return this.#retention.streamEvents;
  }

  /** @param {number} seq That the stream has. */
  saw(seq) {
    if (seq > this.#newest) this.#newest = seq;
  }

  /**
   * Makes the stream, or brings it to what the options say.
   * @param {JetStreamManager} manager
   * @returns {Promise<boolean>} True when its history is not the one that was known before.
   */
  async open(manager) {
    const before = this.#epoch;
    const info = await this.#provide(manager);
    const epoch = epochOf(info);
    if (epoch === before && info.state.last_seq < this.#newest) {
      // A leader that was just elected may still be reading what it has.
      this.#shortSinceMs ??= this.#now();
      if (info.config.num_replicas > 1 && this.#now() < this.#shortSinceMs + LEADER_PATIENCE_MS)
        throw new Error(
          `the stream ends at ${info.state.last_seq}, and ${this.#newest} was stored before`,
        );
      // What was stored last is gone, as when a machine lost power: its numbers will be given again.
      this.#shortSinceMs = null;
      this.#newest = 0;
      await this.#begin(manager, info, generationOf(info) + 1);
      return this.open(manager);
    }
    this.#shortSinceMs = null;
    await this.ends.open(manager, info, epoch);
    this.#epoch = epoch;
    if (epoch === before) return false;
    this.#newest = info.state.last_seq;
    return before !== null;
  }

  /**
   * @param {JetStreamManager} manager
   * @returns {Promise<StreamInfo>}
   */
  async #provide(manager) {
    const info = await find(manager);
    if (info === null) return this.#create(manager);
    const wanted = this.#config(generationOf(info));
    if (info.config.republish?.dest !== `${TOLD}>`)
      throw new Error(
        `the stream ${STREAM} is not one of this gateway: it does not tell what it stores on ${TOLD}>`,
      );
    const isChanged = Object.entries(wanted).some(
      ([name, value]) =>
        RETENTION_MEMBERS.includes(name) &&
        /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (info.config))[name] !==
          value,
    );
    if (!isChanged) return info;
    // With more kept than before nobody can tell any more what was left out under the old rule.
    const isMore = wanted.max_msgs_per_subject > info.config.max_msgs_per_subject;
    return this.#begin(manager, info, generationOf(info) + (isMore ? 1 : 0));
  }

  /** @param {JetStreamManager} manager */
  async #create(manager) {
    try {
      return await manager.streams.add(/** @type {any} */ (this.#config(1)));
    } catch (error) {
      // Another gateway was faster.
      if (codeOf(error) !== NAME_IN_USE) throw error;
      return manager.streams.info(STREAM);
    }
  }

  /**
   * @param {JetStreamManager} manager
   * @param {StreamInfo} info
   * @param {number} generation
   */
  #begin(manager, info, generation) {
    return manager.streams.update(
      STREAM,
      /** @type {any} */ ({ ...info.config, ...this.#config(generation) }),
    );
  }

  /** @param {number} generation */
  #config(generation) {
    const { streamEvents, streamAgeSeconds, streamDiskBytes, streamReplicas } = this.#retention;
    return {
      name: STREAM,
      description: `${DESCRIPTION}${generation}`,
      subjects: [`${STORED}>`],
      retention: 'limits',
      storage: 'file',
      discard: 'old',
      num_replicas: streamReplicas,
      max_msgs_per_subject: streamEvents,
      max_age: streamAgeSeconds * NANOSECONDS,
      max_bytes: streamDiskBytes === 0 ? -1 : streamDiskBytes,
      duplicate_window: duplicateWindowSeconds(streamAgeSeconds) * NANOSECONDS,
      republish: { src: `${STORED}>`, dest: `${TOLD}>` },
    };
  }
}

const RETENTION_MEMBERS = [
  ...['num_replicas', 'max_msgs_per_subject', 'max_age', 'max_bytes', 'duplicate_window'],
];

/**
 * @param {number} streamAgeSeconds
 * @returns {number} NATS remembers no message for longer than it keeps it.
 */
function duplicateWindowSeconds(streamAgeSeconds) {
  return streamAgeSeconds === 0
    ? DUPLICATE_WINDOW_SECONDS
    : Math.min(DUPLICATE_WINDOW_SECONDS, streamAgeSeconds);
}

/**
 * @param {JetStreamManager} manager
 * @returns {Promise<StreamInfo | null>}
 */
async function find(manager) {
  try {
    return await manager.streams.info(STREAM);
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {{ code?: unknown }} */ (error)?.code;
}

/** @param {StreamInfo} info */
function epochOf({ created, config }) {
  return createHash('sha256')
    .update(`${created} ${generationOf({ config })}`)
    .digest('base64url')
    .slice(0, EPOCH_CHARACTERS);
}

/**
 * How often the stream lost events that had been told. It is written where every gateway finds it.
 * @param {{ config: { description?: string } }} info
 */
function generationOf({ config: { description = '' } }) {
  return Number(/generation (\d+)$/.exec(description)?.[1] ?? 1);
}
