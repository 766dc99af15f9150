/**
 * One connected client: its identity for log lines, who is behind it, whether it showed its token,
 * whether it still lives, its subscriptions and its outbox. What its frames mean is its dialect's business.
 */

/**
 * What a client subscribed to, and how events reach it: each dialect's own.
 * @typedef {object} ClientSubscriptions
 * @property {Iterable<string>} topics Those it is found under in the fan-out.
 * @property {number} count
 * @property {(topic: string) => boolean} has
 * @property {boolean} isBehind True when the client still has to be sent what was published.
 * @property {(entry: import('../bus/stream-entry.js').StreamEntry, topic: string, index: number) => boolean} deliver
 *   An event for one of the topics, the `index`th the event goes to; true when the client gets it by this one.
 * @property {(event: import('../events/event.js').GatewayEvent) => void} offer An event for this client alone.
 * @property {() => void} drained The outbox has room.
 * @property {(topic: string) => void} [lost] What comes next of the topic may come after events that were left out.
 * @property {(topic: string) => void} [late] An event of the topic came after one with a higher number.
 */

/** @typedef {'answers' | 'frames'} Hold Why a client is not read from: it does not read its answers, or its frames wait. */

export class Client {
  #socket;
  /** @type {Set<Hold>} */
  #holds = new Set();

  /**
   * @param {string} id Short, unique while the gateway runs.
   * @param {string} origin The same, unique among all gateways of a bus.
   * @param {import('ws').WebSocket} webSocket
   * @param {import('node:stream').Duplex} socket
   * @param {import('./outbox.js').Outbox} outbox
   * @param {import('../dialects/dialect.js').Dialect} dialect
   * @param {import('../access/users.js').User} user
   */
  constructor(id, origin, webSocket, socket, outbox, dialect, user) {
    this.id = id;
    this.origin = origin;
    this.webSocket = webSocket;
    this.outbox = outbox;
    this.dialect = dialect;
    this.authenticated = false;
    /** Who is behind it; changes when a token is shown later. */
    this.user = user;
    /** Set by every sign of life, cleared by the liveness check. */
    this.alive = true;
    /** @type {ClientSubscriptions} */
    this.subscriptions = dialect.subscriptionsOf(this);
    this.#socket = socket;
    outbox.onDrain = () => {
      this.alive = true;
      this.release('answers');
      this.subscriptions.drained();
    };
  }

  get isOpen() {
    return this.webSocket.readyState === this.webSocket.OPEN;
  }

  /** True when it has not been sent what it could have been. */
  get isSlow() {
    return this.outbox.isSlow || this.subscriptions.isBehind;
  }

  /**
   * Sends a reply. A client that asks faster than it reads is not read from until it has caught up.
   * @param {Record<string, unknown>} message
   */
  reply(message) {
    this.outbox.reply(JSON.stringify(message));
    if (this.outbox.bufferedBytes > 2 * this.outbox.limitBytes) this.hold('answers');
  }

  /** @param {Hold} why Nothing more is read from it until this is released. */
  hold(why) {
    this.#holds.add(why);
    if (!this.webSocket.isPaused) this.webSocket.pause();
  }

  /** @param {Hold} why */
  release(why) {
    if (!this.#holds.delete(why) || this.#holds.size > 0) return;
    if (this.webSocket.isPaused) this.webSocket.resume();
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  close(code, reason) {
    this.outbox.close();
    if (this.webSocket.isPaused) this.webSocket.resume();
    this.webSocket.close(code, reason);
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate() {
    this.outbox.close();
    if (this.webSocket.isPaused) this.webSocket.resume();
    this.webSocket.terminate();
    this.#socket.destroy();
  }
}
