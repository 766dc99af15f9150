/**
 * Consumers of JetStream that live for one question: how many events a subject has from a number on, and which.
 * They may be on any server that has the stream.
 */

import { randomBytes } from 'node:crypto';
import { STREAM } from './stream.js';
import { STORED } from './subjects.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/transport-node').Msg} Msg */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */

const READ_TIMEOUT_MS = 5000;
const FORGOTTEN_AFTER_NANOSECONDS = 10e9;
const STATUS_NO_MORE = [404, 408, 409];

/** @typedef {{ seq: number, count: number, timeMs: number, pending: number }} AckPlace */

export class BriefConsumers {
  #connection;
  #readers;
  /** Ends what waits for messages. @type {Set<(error: Error) => void>} */
  #pulls = new Set();

  /**
   * @param {NatsConnection} connection
   * @param {JetStreamManager} readers One with little patience, as making a consumer can be tried elsewhere.
   */
  constructor(connection, readers) {
    this.#connection = connection;
    this.#readers = readers;
  }

  /**
   * @param {string} subject
   * @param {number} from
   * @returns {Promise<number>} How many events it has from this number on.
   */
  async count(subject, from) {
    const { name, pending } = await this.#open(subject, from);
    this.#readers.consumers.delete(STREAM, name).catch(() => {});
    return pending;
  }

  /**
   * @param {string} subject
   * @param {number} from
   * @param {number} limit
   * @returns {Promise<{ messages: Msg[], places: AckPlace[], pending: number }>} The first of them, and how many there are.
   */
  async read(subject, from, limit) {
    const { name, pending } = await this.#open(subject, from);
    const wanted = Math.min(limit, pending);
    const messages = wanted === 0 ? [] : await this.#pull(name, wanted);
    this.#readers.consumers.delete(STREAM, name).catch(() => {});
    return { messages, places: messages.map(placeOf), pending };
  }

  /** @param {Error} error What everybody is told who waits. */
  close(error) {
    for (const end of this.#pulls) end(error);
  }

  /**
   * @param {string} subject
   * @param {number} from
   * @returns {Promise<{ name: string, pending: number }>} A reader, and how many events it can read.
   */
  async #open(subject, from) {
    const name = `read-${randomBytes(9).toString('base64url')}`;
    const config = {
      name,
      filter_subject: `${STORED}${subject}`,
      deliver_policy: 'by_start_sequence',
      opt_start_seq: from,
      ack_policy: 'none',
      replay_policy: 'instant',
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: FORGOTTEN_AFTER_NANOSECONDS,
    };
    const info = await this.#readers.consumers.add(STREAM, /** @type {any} */ (config));
    return { name, pending: info.num_pending };
  }

  /**
   * @param {string} name
   * @param {number} count
   * @returns {Promise<Msg[]>} At most so many: what has gone meanwhile is not there.
   */
  #pull(name, count) {
    const connection = this.#connection;
    const inbox = `_INBOX.${name}`;
    return new Promise((resolve, reject) => {
      /** @type {Msg[]} */
      const messages = [];
      /** @param {Error | null} error */
      const end = (error) => {
        clearTimeout(timer);
        this.#pulls.delete(end);
        subscription.unsubscribe();
        if (error === null) resolve(messages);
        else reject(error);
      };
      const timer = setTimeout(
        () => end(new Error(`history did not come within ${READ_TIMEOUT_MS} ms`)),
        READ_TIMEOUT_MS,
      );
      const subscription = connection.subscribe(inbox, {
        callback: (error, message) => {
          if (error !== null) end(error);
          else if (!isStatus(message)) {
            messages.push(message);
            if (messages.length === count) end(null);
          } else if (STATUS_NO_MORE.includes(message.headers?.code ?? 0)) end(null);
          else end(new Error(`history cannot be read: ${message.headers?.description}`));
        },
      });
      this.#pulls.add(end);
      connection.publish(
        `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${name}`,
        JSON.stringify({ batch: count, no_wait: true }),
        { reply: inbox },
      );
    });
  }
}

/**
 * What the reply subject of a message says: its number, the how manieth it is of the reader, when it was
 * stored, and how many more there are.
 * @param {Msg} message
 * @returns {AckPlace}
 */
function placeOf({ reply = '' }) {
  // $JS.ACK.stream.consumer.deliveries.seq.count.time.pending, newer servers say domain and account before.
  const tokens = reply.split('.');
  const [seq, count, time, pending] = tokens.slice(tokens.length > 9 ? 7 : 5).map(Number);
  return {
    seq: Number(seq),
    count: Number(count),
    timeMs: Math.floor(Number(time) / 1e6),
    pending: Number(pending),
  };
}

/** @param {Msg} message */
function isStatus({ headers, data }) {
  return data.length === 0 && (headers?.code ?? 0) > 0;
}
