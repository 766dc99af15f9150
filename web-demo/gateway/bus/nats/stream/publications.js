/**
 * What this gateway publishes and JetStream has not confirmed yet, in order. It is sent again after a new
 * connection and when no answer comes; the stream takes each once, by its `Nats-Msg-Id`.
 */

import { randomBytes } from 'node:crypto';
import { Superseded } from '../../superseded.js';
import { BusUnavailable } from '../../unavailable.js';
import { HEADERS } from './stored-message.js';
import { STORED } from './subjects.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/transport-node').Msg} Msg */
/** @typedef {import('../../../events/event.js').GatewayEvent} GatewayEvent */

/**
 * @typedef {object} Publication
 * @property {number} number
 * @property {GatewayEvent} event
 * @property {string} subject
 * @property {string | null} origin
 * @property {string} messageId
 * @property {number | undefined} after The newest event of its subject, if it may come after no other one.
 * @property {number} sentMs When it was sent last.
 * @property {number} untilMs When this gateway gives up.
 * @property {boolean} isReceived It came back already.
 * @property {(seq: number, isDuplicate: boolean) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @typedef {object} PublicationParts
 * @property {import('../library.js').NatsLibrary} library
 * @property {import('../../bus.js').BusServices} services
 * @property {string} busId
 */

const PATIENCE_MS = 10_000;
const SEND_AGAIN_MS = 2000;
const SWEEP_MS = 250;
const RETRY_AFTER_MS = 5000;
const MOST_WAITING = 20_000;
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
const ID_BYTES = 9;
const WRONG_LAST_SEQUENCE = 10071;
/** JetStream is there, and cannot at the moment: it has no leader, or has just started. */
const PASSING_CODES = [10008, 10009, 10076];

export class Publications {
  /** By number, oldest first. @type {Map<number, Publication>} */
  #waiting = new Map();
  #bytes = 0;
  #count = 0;
  #parts;
  /** @type {NatsConnection | null} */
  #connection = null;
  #inbox = `_INBOX.${randomBytes(ID_BYTES).toString('base64url')}`;
  /** @type {unknown} */
  #timer = null;

  /** @param {PublicationParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {GatewayEvent} event
   * @param {string} subject
   * @param {string | null} origin
   * @param {string | null} messageId The same for an event that may be published again.
   * @param {number} [after] The number of the newest event of the subject, if it may come after no other one.
   * @returns {Promise<{ seq: number, isDuplicate: boolean, isReceived: boolean }>} Rejects with `Superseded`, too.
   */
  publish(event, subject, origin, messageId, after) {
    const { busId, services } = this.#parts;
    const { clock } = services;
    if (this.#waiting.size >= MOST_WAITING || this.#bytes + event.bytes > MOST_WAITING_BYTES)
      return Promise.reject(
        new BusUnavailable('NATS is slower than what is published', RETRY_AFTER_MS),
      );
    const number = (this.#count += 1);
    return new Promise((resolve, reject) => {
      /** @type {Publication} */
      const publication = {
        number,
        event,
        subject,
        origin,
        messageId: messageId ?? `${busId}.${number}`,
        after,
        sentMs: 0,
        untilMs: clock.now() + PATIENCE_MS,
        isReceived: false,
        resolve: (seq, isDuplicate) =>
          resolve({ seq, isDuplicate, isReceived: publication.isReceived }),
        reject,
      };
      this.#waiting.set(number, publication);
      this.#bytes += event.bytes;
      this.#send(publication);
      this.#timer ??= clock.setTimeout(() => this.#sweep(), SWEEP_MS);
    });
  }

  /**
   * It came back from NATS.
   * @param {string} id As in its header.
   * @returns {{ event: GatewayEvent, origin: string | null } | null} Null when it is none of this gateway's that waits.
   */
  received(id) {
    const [busId, number] = id.split(' ');
    if (busId !== this.#parts.busId) return null;
    const publication = this.#waiting.get(Number(number));
    if (publication === undefined) return null;
    publication.isReceived = true;
    return publication;
  }

  /**
   * @param {NatsConnection} connection
   */
  open(connection) {
    this.#connection = connection;
    connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error === null && this.#connection === connection) this.#answered(message);
      },
    });
    for (const publication of this.#waiting.values()) this.#send(publication);
  }

  lose() {
    this.#connection = null;
  }

  /** @param {Error} error */
  close(error) {
    this.#connection = null;
    this.#parts.services.clock.clearTimeout(this.#timer);
    for (const publication of [...this.#waiting.values()]) {
      this.#forget(publication);
      publication.reject(error);
    }
  }

  /** @param {Publication} publication */
  #send(publication) {
    const connection = this.#connection;
    if (connection === null || connection.isClosed()) return;
    const { number, event, subject, origin, messageId, after } = publication;
    const headers = this.#parts.library.transport.headers();
    headers.set('Nats-Msg-Id', messageId);
    headers.set(HEADERS.publication, `${this.#parts.busId} ${number}`);
    if (origin !== null) headers.set(HEADERS.origin, origin);
    if (after !== undefined) headers.set(HEADERS.after, String(after));
    publication.sentMs = this.#parts.services.clock.now();
    try {
      connection.publish(`${STORED}${subject}`, event.json, {
        headers,
        reply: `${this.#inbox}.${number}`,
      });
    } catch (error) {
      // It is larger than NATS takes, for example: it will not be taken later either.
      if (connection.isClosed()) return;
      this.#forget(publication);
      publication.reject(/** @type {Error} */ (error));
    }
  }

  /** @param {Msg} message */
  #answered(message) {
    const number = Number(message.subject.slice(this.#inbox.length + 1));
    const publication = this.#waiting.get(number);
    if (publication === undefined) return;
    // Nobody listens: JetStream is not there yet. It is sent again soon.
    if (message.data.length === 0) {
      publication.sentMs -= SEND_AGAIN_MS - SWEEP_MS;
      return;
    }
    const answer = message.json();
    if (answer.error === undefined) {
      this.#forget(publication);
      publication.resolve(answer.seq, answer.duplicate === true);
      return;
    }
    if (PASSING_CODES.includes(answer.error.err_code)) return;
    this.#forget(publication);
    if (answer.error.err_code === WRONG_LAST_SEQUENCE) {
      publication.reject(new Superseded(Number(/\d+$/.exec(answer.error.description)?.[0] ?? 0)));
      return;
    }
    publication.reject(
      new BusUnavailable(`NATS does not store: ${answer.error.description}`, RETRY_AFTER_MS),
    );
  }

  #sweep() {
    const { clock } = this.#parts.services;
    const now = clock.now();
    for (const publication of this.#waiting.values()) {
      if (now >= publication.untilMs) {
        this.#forget(publication);
        publication.reject(
          new BusUnavailable('NATS did not confirm that it stored an event', RETRY_AFTER_MS),
        );
      } else if (now >= publication.sentMs + SEND_AGAIN_MS) this.#send(publication);
    }
    this.#timer = this.#waiting.size === 0 ? null : clock.setTimeout(() => this.#sweep(), SWEEP_MS);
  }

  /** @param {Publication} publication */
  #forget({ number, event }) {
    if (this.#waiting.delete(number)) this.#bytes -= event.bytes;
  }
}
