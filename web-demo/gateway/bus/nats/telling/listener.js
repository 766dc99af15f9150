/**
 * Hears what is told on subjects of NATS, and tells apart what it is: an event that was stored, with its place in
 * the stream; one that passes; or how many follow a topic at another gateway.
 */

import { StreamEntry } from '../../stream-entry.js';
import { readPresent } from './present-header.js';
import { HEADERS, readStoredMessage } from '../stream/stored-message.js';
import { TOLD } from '../stream/subjects.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/transport-node').Msg} Msg */
/** @typedef {import('@nats-io/transport-node').Subscription} Subscription */

/**
 * @typedef {object} Stored An event that the stream has.
 * @property {number} seq
 * @property {number} previous The number of its subject's event before it.
 * @property {() => StreamEntry | null} read Null when it is no event.
 */

/**
 * @typedef {object} ListenerParts
 * @property {string} busId
 * @property {import('../../bus.js').BusServices} services
 * @property {import('../stream/stream.js').EventStream} stream
 * @property {import('../stream/publications.js').Publications} publications
 * @property {import('../stream/faults.js').Faults} faults
 * @property {(connection: NatsConnection) => boolean} isCurrent False for one that was lost: what it brings late is left out.
 * @property {(entry: StreamEntry) => void} passing An event that is not stored, of another gateway.
 * @property {(topic: string, present: import('./present-header.js').PresentHere) => void} present Of another gateway.
 */

export class Listener {
  #parts;

  /** @param {ListenerParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {NatsConnection} connection
   * @param {string} subject
   * @param {string} topic
   * @param {(stored: Stored) => void} stored
   * @returns {Subscription}
   */
  topic(connection, subject, topic, stored) {
    return this.#subscribe(connection, subject, (message) => {
      const place = this.#storedOf(message, subject);
      if (place !== null) stored(place);
      else if (isPresent(message)) this.#present(message, topic);
      else this.#passing(message, subject);
    });
  }

  /**
   * Hears every topic.
   * @param {NatsConnection} connection
   * @param {(subject: string) => boolean} isHeard True for what is heard by itself, and left out here.
   * @param {(stored: Stored) => void} stored
   * @returns {Subscription}
   */
  everything(connection, isHeard, stored) {
    return this.#subscribe(connection, '>', (message) => {
      const subject = message.subject.slice(TOLD.length);
      if (isHeard(subject)) return;
      const place = this.#storedOf(message, subject);
      if (place !== null) stored(place);
      else if (!isPresent(message)) this.#passing(message, subject);
    });
  }

  /**
   * @param {NatsConnection} connection
   * @param {string} subject
   * @param {(message: Msg) => void} take
   */
  #subscribe(connection, subject, take) {
    return connection.subscribe(`${TOLD}${subject}`, {
      callback: (error, message) => {
        if (error === null && this.#parts.isCurrent(connection)) take(message);
      },
    });
  }

  /**
   * @param {Msg} message
   * @param {string} subject
   * @returns {Stored | null} Null for what is not stored.
   */
  #storedOf(message, subject) {
    const { headers } = message;
    const seq = Number(headers?.get(HEADERS.seq) || 0);
    if (!Number.isSafeInteger(seq) || seq <= 0) return null;
    const previous = Number(headers?.get(HEADERS.previous) || 0);
    return { seq, previous, read: () => this.#entry(message, subject, seq) };
  }

  /**
   * @param {Msg} message
   * @param {string} topic
   */
  #present({ headers }, topic) {
    const present = readPresent(headers?.get(HEADERS.present) ?? '');
    if (present.gateway !== this.#parts.busId) this.#parts.present(topic, present);
  }

  /**
   * @param {Msg} message
   * @param {string} subject
   */
  #passing(message, subject) {
    // Its own were received when they were sent.
    if (message.headers?.get(HEADERS.publication) === this.#parts.busId) return;
    const entry = this.#entry(message, subject, null);
    if (entry !== null) this.#parts.passing(entry);
  }

  /**
   * @param {Msg} message
   * @param {string} subject
   * @param {number | null} seq
   * @returns {StreamEntry | null} Null when it is no event.
   */
  #entry(message, subject, seq) {
    const { stream, publications, services, faults } = this.#parts;
    const epoch = seq === null ? null : stream.epoch;
    const id = message.headers?.get(HEADERS.publication) ?? '';
    const own = seq === null ? null : publications.received(id);
    if (own !== null) return new StreamEntry(own.event, epoch, seq, own.origin);
    try {
      const timeMs = services.clock.now();
      return readStoredMessage(message, { subject, epoch, seq, timeMs });
    } catch (error) {
      faults.tell(subject, seq, /** @type {Error} */ (error));
      return null;
    }
  }
}

/** @param {Msg} message */
function isPresent({ headers }) {
  return Boolean(headers?.get(HEADERS.present));
}
