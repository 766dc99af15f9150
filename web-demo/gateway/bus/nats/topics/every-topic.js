/** Every topic at once, for as long as somebody here wants that: what no followed topic hears by itself. */

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */

/**
 * @typedef {object} EveryTopicParts
 * @property {import('../telling/listener.js').Listener} listener
 * @property {import('../connection/session.js').Session} session
 * @property {(subject: string) => boolean} isHeard True for what is heard by itself.
 * @property {(entry: import('../../stream-entry.js').StreamEntry) => void} receive
 */

export class EveryTopic {
  #parts;
  #isFollowed = false;
  /** @type {import('@nats-io/transport-node').Subscription | null} */
  #subscription = null;

  /** @param {EveryTopicParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get isFollowed() {
    return this.#isFollowed;
  }

  /** @returns {Promise<void>} Settles when nothing told from now on is missed. */
  async follow() {
    const { session } = this.#parts;
    this.#isFollowed = true;
    const { connection } = session;
    if (connection === null) throw session.unavailable();
    this.open(connection);
    return connection.flush();
  }

  unfollow() {
    this.#isFollowed = false;
    this.#subscription?.unsubscribe();
    this.#subscription = null;
  }

  /** @param {NatsConnection} connection */
  open(connection) {
    if (!this.#isFollowed) return;
    const { listener, isHeard, receive } = this.#parts;
    this.#subscription ??= listener.everything(connection, isHeard, ({ read }) => {
      const entry = read();
      if (entry !== null) receive(entry);
    });
  }

  /** There is no connection any more. */
  lose() {
    this.#subscription = null;
  }
}
