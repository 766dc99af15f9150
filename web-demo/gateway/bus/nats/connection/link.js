/**
 * The connection to NATS: made, kept, and made again for as long as the gateway runs. It says once what is
 * wrong, and once that it is right again.
 */

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */

/**
 * @typedef {object} LinkParts
 * @property {import('../library.js').NatsLibrary} library
 * @property {import('./address.js').NatsAddress} address
 * @property {string} name As NATS lists it.
 * @property {(connection: NatsConnection) => void} up
 * @property {(reason: string) => void} down Told when it is lost, and when it cannot be made for another reason than before.
 */

const CONNECT_TIMEOUT_MS = 5000;
const PING_INTERVAL_MS = 5000;
const MOST_PINGS_OUT = 2;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

export class Link {
  #parts;
  /** @type {NatsConnection | null} */
  #connection = null;
  #isClosed = false;
  /** Ends a wait. */
  #wake = () => {};

  /** @param {LinkParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Runs until `close`. */
  async run() {
    let waitMs = FIRST_WAIT_MS;
    while (!this.#isClosed) {
      try {
        const connection = await this.#connect();
        if (this.#isClosed) {
          await connection.close();
          return;
        }
        waitMs = FIRST_WAIT_MS;
        this.#connection = connection;
        this.#parts.up(connection);
        const error = await connection.closed();
        this.#connection = null;
        if (this.#isClosed) return;
        this.#parts.down(this.#describe(error ?? new Error('the connection ended')));
      } catch (error) {
        if (this.#isClosed) return;
        this.#parts.down(this.#describe(/** @type {Error} */ (error)));
      }
      await this.#wait(waitMs * (0.5 + Math.random()));
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  async close() {
    this.#isClosed = true;
    this.#wake();
    await this.#connection?.close();
  }

  #connect() {
    const { library, address, name } = this.#parts;
    return library.transport.connect({
      ...address.connection,
      servers: address.servers,
      name,
      timeout: CONNECT_TIMEOUT_MS,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: MOST_PINGS_OUT,
      // Subscriptions and what was missed are one thing, so every connection begins anew.
      reconnect: false,
      noAsyncTraces: true,
    });
  }

  /** @param {Error} error */
  #describe(error) {
    const { library, address } = this.#parts;
    const causes = [error, error.cause].filter((one) => one instanceof Error);
    const { AuthorizationError } = library.transport;
    if (causes.some((one) => one instanceof AuthorizationError || /authoriz/i.test(one.message)))
      return `NATS at ${address.label} refuses the credentials`;
    const why = causes.map(({ message }) => message).find((text) => text !== '') ?? error.name;
    return `NATS at ${address.label} cannot be reached: ${why}`;
  }

  /** @param {number} waitMs */
  #wait(waitMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
