/**
 * How the gateway stands with NATS: the connection and, opened through it, the one stream, or what is wrong with
 * them. Every connection begins anew; the stream is opened again and again until it can be.
 */

import { BusUnavailable } from '../../unavailable.js';
import { History } from '../stream/history.js';
import { Link } from './link.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */

/**
 * @typedef {object} SessionParts
 * @property {import('../library.js').NatsLibrary} library
 * @property {import('./address.js').NatsAddress} address
 * @property {string} name As NATS lists the connection.
 * @property {import('../../bus.js').BusServices} services
 * @property {import('../stream/stream.js').EventStream} stream
 * @property {import('../stream/faults.js').Faults} faults
 * @property {() => void} another The stream is not the one there was before: what was heard of that is history.
 * @property {(connection: NatsConnection, manager: JetStreamManager) => Promise<void>} begin Takes up a
 *   connection; nothing is read through it until this has settled. Called again when it rejects.
 * @property {(connection: NatsConnection) => void} began The stream can be read and written.
 * @property {(error: BusUnavailable) => void} ended There is no connection any more.
 * @property {(trouble: string | null) => void} troubleChanged
 */

const RETRY_AFTER_MS = 5000;
const OPEN_AGAIN_MS = 500;
const REQUEST_TIMEOUT_MS = 3000;
const READER_TIMEOUT_MS = 1000;
const DOUBT_INTERVAL_MS = 1000;

export class Session {
  #parts;
  #link;
  /** @type {NatsConnection | null} */
  #connection = null;
  /** @type {History | null} */
  #history = null;
  /** @type {string | null} */
  #trouble = 'NATS is not connected yet';
  #doubtedMs = 0;
  #isClosed = false;

  /** @param {SessionParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#link = new Link({
      library: parts.library,
      address: parts.address,
      name: parts.name,
      up: (connection) => void this.#up(connection),
      down: (reason) => this.#down(reason),
    });
  }

  /** What is told passes through it. Null while there is none. */
  get connection() {
    return this.#connection;
  }

  /** Null while the stream cannot be read or written. */
  get history() {
    return this.#history;
  }

  /** Why there is nothing to work with, in words for people; null when there is. */
  get trouble() {
    return this.#trouble;
  }

  get isClosed() {
    return this.#isClosed;
  }

  start() {
    void this.#link.run();
  }

  /**
   * @param {Error} [error]
   * @returns {BusUnavailable} What whoever asked is told.
   */
  unavailable(error) {
    if (error instanceof BusUnavailable) return error;
    return new BusUnavailable(
      this.#trouble ?? `NATS did not answer: ${error?.message ?? 'it is gone'}`,
      RETRY_AFTER_MS,
    );
  }

  /** A number was heard again: perhaps somebody made the stream anew. Looks, now and then. */
  doubt() {
    const { library, services } = this.#parts;
    const now = services.clock.now();
    if (now < this.#doubtedMs + DOUBT_INTERVAL_MS) return;
    this.#doubtedMs = now;
    if (this.#connection === null || this.#history === null) return;
    library.jetstream
      .jetstreamManager(this.#connection, { checkAPI: false })
      .then((manager) => this.#openStream(manager))
      .catch(() => {});
  }

  /** @returns {BusUnavailable} From here on nothing is told any more, and what waits is told this. */
  end() {
    this.#isClosed = true;
    const error = new BusUnavailable('the gateway is shutting down', RETRY_AFTER_MS);
    this.#history?.close(error);
    return error;
  }

  /** @returns {Promise<void>} */
  async close() {
    await this.#link.close();
  }

  /** @param {NatsConnection} connection */
  async #up(connection) {
    const { library, address, services } = this.#parts;
    const { jetstreamManager } = library.jetstream;
    this.#connection = connection;
    const isCurrent = () => this.#connection === connection && !this.#isClosed;
    while (isCurrent()) {
      try {
        const manager = await jetstreamManager(connection, { timeout: REQUEST_TIMEOUT_MS });
        await this.#openStream(manager);
        if (!isCurrent()) return;
        await this.#begin(connection, manager);
        if (isCurrent()) this.#setTrouble(null);
        return;
      } catch (error) {
        if (!isCurrent()) return;
        const { message } = /** @type {Error} */ (error);
        this.#setTrouble(`NATS at ${address.label} cannot keep events: ${message}`);
        await new Promise((resolve) =>
          services.clock.setTimeout(() => resolve(undefined), OPEN_AGAIN_MS),
        );
      }
    }
  }

  /** @param {JetStreamManager} manager */
  async #openStream(manager) {
    const { stream, services, another } = this.#parts;
    if (!(await stream.open(manager)) || this.#isClosed) return;
    services.logger.error(
      'the history in NATS is not the one there was before: pages are told of a gap',
    );
    another();
  }

  /**
   * @param {NatsConnection} connection
   * @param {JetStreamManager} manager
   */
  async #begin(connection, manager) {
    const { library, stream, faults, begin, began } = this.#parts;
    const readers = await library.jetstream.jetstreamManager(connection, {
      checkAPI: false,
      timeout: READER_TIMEOUT_MS,
    });
    const history = new History(connection, manager, readers, {
      stream,
      onFault: (subject, seq, error) => faults.tell(subject, seq, error),
    });
    await begin(connection, manager);
    this.#history = history;
    began(connection);
  }

  /** @param {string} reason */
  #down(reason) {
    const history = this.#history;
    const error = new BusUnavailable(reason, RETRY_AFTER_MS);
    this.#connection = null;
    this.#history = null;
    this.#parts.ended(error);
    history?.close(error);
    this.#setTrouble(reason);
  }

  /** @param {string | null} trouble */
  #setTrouble(trouble) {
    if (trouble === this.#trouble || this.#isClosed) return;
    const { services, address, troubleChanged } = this.#parts;
    this.#trouble = trouble;
    if (trouble === null) services.logger.info(`NATS at ${address.label} is connected`);
    else services.logger.error(`${trouble}; the gateway tries again until it can`);
    troubleChanged(trouble);
  }
}
