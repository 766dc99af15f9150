/**
 * Reads from the stream what gateways were not told, or not any more: of one subject, some events after a
 * number, or its newest. It asks the leader of the stream, and few things at a time.
 */

import { BriefConsumers } from './brief-consumers.js';
import { floorOf } from './floor.js';
import { Leader } from './leader.js';
import { readStoredMessage } from './stored-message.js';
import { findTailStart } from './tail-start.js';
import { Turns } from './turns.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {import('../../stream-entry.js').StreamEntry} StreamEntry */

/**
 * @typedef {object} Slice
 * @property {StreamEntry[]} entries Oldest first.
 * @property {number} through The last number that was read, also of what is no event.
 * @property {number} floor Everything of the subject after this number is kept.
 * @property {number} reach Up to here everything was read, or is kept of no subject any more.
 * @property {boolean} isAll There was nothing more.
 */

/**
 * @typedef {object} HistoryParts
 * @property {import('./stream.js').EventStream} stream
 * @property {(subject: string, seq: number, error: Error) => void} onFault Told of what is no event.
 */

const MOST_AT_ONCE = 16;
const MOST_TRIES = 5;
const BETWEEN_TRIES_MS = 50;

export class History {
  #consumers;
  #leader;
  #parts;
  #turns = new Turns(MOST_AT_ONCE);
  #isClosed = false;
  /** What is being read, so that many who want the same cost one reading. @type {Map<string, Promise<Slice>>} */
  #reading = new Map();

  /**
   * @param {NatsConnection} connection
   * @param {JetStreamManager} manager
   * @param {JetStreamManager} readers The same with less patience, as making a reader can be tried elsewhere.
   * @param {HistoryParts} parts
   */
  constructor(connection, manager, readers, parts) {
    this.#consumers = new BriefConsumers(connection, readers);
    this.#leader = new Leader(manager);
    this.#parts = parts;
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} The number of its newest event; 0 when it has none.
   */
  newest(subject) {
    return this.#turns.take(() => this.#leader.newest(subject));
  }

  /** @returns {Promise<number>} The number of the newest event of all. */
  async newestOfAll() {
    return (await this.#leader.ends()).last_seq;
  }

  /**
   * @param {string} subject
   * @returns {Promise<{ seq: number, floor: number }>} Its newest event, and what all kept events come after.
   */
  async place(subject) {
    const seq = await this.newest(subject);
    const { first_seq: first } = await this.#leader.ends();
    return { seq, floor: Math.max(0, first - 1) };
  }

  /**
   * @param {string} subject
   * @param {number} after
   * @returns {Promise<number>} At most `after` when everything after it is kept.
   */
  floorAfter(subject, after) {
    return this.#turns.take(async () => {
      const total = await this.#consumers.count(subject, after + 1).catch((error) => {
        if (this.#isClosed) throw error;
        return this.#leader.count(subject);
      });
      return (await this.#floor(subject, total, after)).floor;
    });
  }

  /**
   * @param {string} subject
   * @param {number} after
   * @param {number} limit
   * @returns {Promise<Slice>}
   */
  read(subject, after, limit) {
    const key = `${subject} ${after} ${limit}`;
    const reading =
      this.#reading.get(key) ??
      this.#turns
        .take(() =>
          this.#read(subject, after, limit).catch((error) => {
            // A reader of a cluster may be on a server that is gone; the leader is not.
            if (this.#isClosed) throw error;
            return this.#readFromLeader(subject, after, limit);
          }),
        )
        .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  /**
   * As `read`, from whoever has everything up to a number: a server of a cluster may be a little behind.
   * @param {string} subject
   * @param {number} after
   * @param {number} limit
   * @param {number} target
   * @returns {Promise<Slice>}
   */
  async readUpTo(subject, after, limit, target) {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const slice = await this.read(subject, after, limit);
      if (!slice.isAll || slice.reach >= target) return slice;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    }
    return this.#turns.take(() => this.#readFromLeader(subject, after, limit));
  }

  /**
   * @param {string} subject
   * @param {number} count
   * @returns {Promise<Slice & { after: number }>} At most so many of the newest: those after `after`.
   */
  tail(subject, count) {
    return this.#turns.take(() =>
      this.#tail(subject, count).catch(async (error) => {
        if (this.#isClosed) throw error;
        // Newcomers get less then.
        const through = await this.#leader.newest(subject);
        return {
          entries: [],
          through,
          floor: through,
          reach: through,
          isAll: true,
          after: through,
        };
      }),
    );
  }

  /** @param {Error} error What everybody is told who waits. */
  close(error) {
    this.#isClosed = true;
    this.#consumers.close(error);
  }

  /**
   * @param {string} subject
   * @param {number} after
   * @param {number} limit
   * @returns {Promise<Slice>}
   */
  async #read(subject, after, limit) {
    const { messages, places, pending } = await this.#consumers.read(subject, after + 1, limit);
    const last = places.at(-1);
    const total = last === undefined ? pending : last.count + last.pending;
    const through = last?.seq ?? after;
    const { floor, before } = await this.#floor(subject, total, after);
    return {
      entries: messages.flatMap((message, index) =>
        this.#entry(
          message,
          subject,
          /** @type {import('./brief-consumers.js').AckPlace} */ (places[index]),
        ),
      ),
      through,
      floor,
      reach: Math.max(through, floor, before),
      isAll: (last?.pending ?? pending) === 0,
    };
  }

  /**
   * One event at a time: slow, and certain.
   * @param {string} subject
   * @param {number} after
   * @param {number} limit
   * @returns {Promise<Slice>}
   */
  async #readFromLeader(subject, after, limit) {
    /** @type {StreamEntry[]} */
    const entries = [];
    let through = after;
    let isAll = false;
    for (let read = 0; read < limit && !isAll; read += 1) {
      const message = await this.#leader.next(subject, through);
      isAll = message === null;
      if (message === null) continue;
      through = message.seq;
      const place = { seq: message.seq, timeMs: message.time.getTime() };
      const text = { headers: message.header, string: () => message.string() };
      entries.push(...this.#entry(text, subject, place));
    }
    const total = await this.#leader.count(subject);
    const { floor, before } = await this.#floor(subject, total, after);
    return { entries, through, floor, reach: Math.max(through, floor, before), isAll };
  }

  /**
   * @param {string} subject
   * @param {number} count
   */
  async #tail(subject, count) {
    const total = await this.#consumers.count(subject, 1);
    const after = total <= count ? 0 : (await this.#startOfTail(subject, count, total)) - 1;
    const slice = await this.#read(subject, after, count);
    const { floor } = await this.#floor(subject, total, null);
    return { ...slice, floor: Math.max(floor, slice.floor), after: Math.max(after, floor) };
  }

  /**
   * @param {string} subject
   * @param {number} count
   * @param {number} total
   */
  #startOfTail(subject, count, total) {
    const source = { leader: this.#leader, consumers: this.#consumers };
    return findTailStart(source, subject, count, total);
  }

  /**
   * @param {string} subject
   * @param {number} total
   * @param {number | null} after
   */
  #floor(subject, total, after) {
    const source = { leader: this.#leader, stream: this.#parts.stream };
    return floorOf(source, subject, total, after);
  }

  /**
   * @param {import('./stored-message.js').Told} message
   * @param {string} subject
   * @param {{ seq: number, timeMs: number }} place
   * @returns {StreamEntry[]} None when it is no event.
   */
  #entry(message, subject, { seq, timeMs }) {
    const { stream, onFault } = this.#parts;
    try {
      return [readStoredMessage(message, { subject, epoch: stream.epoch, seq, timeMs })];
    } catch (error) {
      onFault(subject, seq, /** @type {Error} */ (error));
      return [];
    }
  }
}
