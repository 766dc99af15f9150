/**
 * Reads from the stream what gateways were not told, or not any more: of one subject, some events after a
 * number, or its newest. It asks the leader of the stream, and few things at a time.
 */

import { BriefConsumers } from './brief-consumers.js';
import { readStoredMessage } from './stored-message.js';
import { STREAM } from './stream.js';
import { STORED } from './subjects.js';
import { Turns } from './turns.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {import('../stream-entry.js').StreamEntry} StreamEntry */

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
 * @property {import('./ends.js').Ends} ends
 * @property {(subject: string, seq: number, error: Error) => void} onFault Told of what is no event.
 */

const MOST_AT_ONCE = 16;
const MOST_PROBES = 6;
const MOST_TRIES = 5;
const BETWEEN_TRIES_MS = 50;

export class History {
  #consumers;
  #manager;
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
    this.#manager = manager;
    this.#parts = parts;
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} The number of its newest event; 0 when it has none.
   */
  newest(subject) {
    return this.#turns.take(() => this.#numberOf({ last_by_subj: `${STORED}${subject}` }));
  }

  /** @returns {Promise<number>} The number of the newest event of all. */
  async newestOfAll() {
    return (await this.#manager.streams.info(STREAM)).state.last_seq;
  }

  /**
   * @param {string} subject
   * @returns {Promise<{ seq: number, floor: number }>} Its newest event, and what all kept events come after.
   */
  async place(subject) {
    const seq = await this.newest(subject);
    const { state } = await this.#manager.streams.info(STREAM);
    return { seq, floor: Math.max(0, state.first_seq - 1) };
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
        return this.#countOfAll(subject);
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
        const through = await this.#numberOf({ last_by_subj: `${STORED}${subject}` });
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
      const query = { seq: through + 1, next_by_subj: `${STORED}${subject}` };
      const message = await this.#manager.streams.getMessage(STREAM, query);
      isAll = message === null;
      if (message === null) continue;
      through = message.seq;
      const place = { seq: message.seq, timeMs: message.time.getTime() };
      const text = { headers: message.header, string: () => message.string() };
      entries.push(...this.#entry(text, subject, place));
    }
    const total = await this.#countOfAll(subject);
    const { floor, before } = await this.#floor(subject, total, after);
    return { entries, through, floor, reach: Math.max(through, floor, before), isAll };
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} As the leader counts, which takes it longer the more subjects there are.
   */
  async #countOfAll(subject) {
    const filter = `${STORED}${subject}`;
    const { state } = await this.#manager.streams.info(STREAM, { subjects_filter: filter });
    return state.subjects?.[filter] ?? 0;
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
   * A stream counts forward only, so this guesses where the newest events begin.
   * @param {string} subject
   * @param {number} count
   * @param {number} total
   * @returns {Promise<number>} The number of an event after which there are fewer than `count`.
   */
  async #startOfTail(subject, count, total) {
    let low = await this.#numberOf({ seq: 1, next_by_subj: `${STORED}${subject}` });
    let lowCount = total;
    const newest = await this.#numberOf({ last_by_subj: `${STORED}${subject}` });
    let high = newest;
    for (let probe = 0; probe < MOST_PROBES && high - low > 1; probe += 1) {
      const share = (count * 0.75) / lowCount;
      const guess = Math.min(
        high - 1,
        Math.max(low + 1, Math.ceil(newest - (newest - low) * share)),
      );
      const found = await this.#consumers.count(subject, guess);
      if (found > count) [low, lowCount] = [guess, found];
      else {
        high = guess;
        if (found * 2 >= count) break;
      }
    }
    return count === 0 ? newest + 1 : high;
  }

  /**
   * What was there and is gone had a lower number than the first of the stream, or gave way to newer
   * ones of its subject.
   * @param {string} subject
   * @param {number} total How many there are, from where somebody asked.
   * @param {number | null} after From where somebody asked, and would be told what is missing; null: nobody would.
   * @returns {Promise<{ floor: number, before: number }>} `before`: whatever the subject, nothing up to here is kept.
   */
  async #floor(subject, total, after) {
    const { ends, stream } = this.#parts;
    const { state } = await this.#manager.streams.info(STREAM);
    const before = Math.max(0, state.first_seq - 1);
    const isFull = total >= stream.eventsOfSubject;
    if (!isFull && (after === null || after >= before)) return { floor: before, before };
    const oldest = await this.#numberOf({ seq: 1, next_by_subj: `${STORED}${subject}` });
    const end = oldest === 0 ? state.last_seq + 1 : oldest;
    if (isFull && (after === null || after >= end - 1)) return { floor: end - 1, before };
    const previous = after === null ? null : await ends.before(subject, end);
    return { floor: previous ?? (isFull ? end - 1 : before), before };
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

  /**
   * @param {{ last_by_subj: string } | { seq: number, next_by_subj: string }} query
   * @returns {Promise<number>} 0 when there is none.
   */
  async #numberOf(query) {
    const message = await this.#manager.streams.getMessage(STREAM, /** @type {any} */ (query));
    return message?.seq ?? 0;
  }
}
