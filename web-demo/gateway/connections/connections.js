/**
 * The life of a connection: it comes in, its frames go to the dialect, it is asked for signs of life,
 * and whatever it did in discussions ends with it.
 */

import { BatchFrames } from './batch-frames.js';
import { closingReason } from './closing-reason.js';
import { Client } from './client.js';
import { isoNow, isoTime } from '../clock.js';
import { Outbox } from './outbox.js';
import { CLOSE_TOKEN_INVALID } from '../access/token-watch.js';
import { NOBODY } from '../access/users.js';

/**
 * @typedef {object} ConnectionServices
 * @property {import('../options/options.js').GatewayOptions} options
 * @property {string} gatewayId Unique among the gateways of a bus.
 * @property {import('../stats/counters.js').Counters} counters
 * @property {(subprotocol: string) => import('../dialects/dialect.js').Dialect} dialectOf
 * @property {import('../publishing/fan-out.js').FanOut} fanOut
 * @property {import('../logging/logger.js').Logger} logger
 * @property {() => string | null} outage Why nobody can be served now.
 * @property {import('../access/token-watch.js').TokenWatch} tokenWatch
 * @property {(client: Client, topics: string[]) => void} onGone Told when a connection has ended, with what it had subscribed to.
 */

const CLOSE_GOING_AWAY = 1001;
const CLOSE_OVERLOADED = 1013;
/** A gateway that starts again is back after about a second; then its clients come one after the other. */
const RESTART_MS = 1000;
const RETURN_INTERVAL_MS = 2;
/** Intervals after which a beat is late. */
const LATE_BEAT = 1.25;
const OVERLOAD_RETRY_MS = 5000;
const OVERLOAD_SPREAD_MS = 10_000;
const OUTAGE_PATIENCE_MS = 10_000;

export class Connections {
  #services;
  #batches = new BatchFrames();
  #isClosing = false;
  /** When everyone was last asked for a sign of life. */
  #beatMs = 0;
  /** Runs while clients may still be served soon. @type {unknown} */
  #patience = null;

  /** @param {ConnectionServices} services */
  constructor(services) {
    this.#services = services;
  }

  /** @type {import('../http/server.js').ServerServices['accept']} */
  accept = (webSocket, socket, token, { verdict, expiresMs }) => {
    const { options, counters, dialectOf, fanOut, gatewayId, logger, tokenWatch, onGone } =
      this.#services;
    counters.connectionsTotal += 1;
    const id = `c${counters.connectionsTotal}`;
    const outbox = new Outbox(webSocket, socket, options, this.#batches);
    const dialect = dialectOf(webSocket.protocol);
    const origin = `${gatewayId} ${id}`;
    const client = new Client(id, origin, webSocket, socket, outbox, dialect, NOBODY);
    webSocket.on('error', (error) => logger.error(`${client.id} failed: ${error.message}`));
    if (this.#isClosing) {
      this.#sendAway(client, RESTART_MS);
      return;
    }
    if (verdict !== 'accepted') {
      if (verdict === 'expired') counters.expiredTokens += 1;
      else counters.refusedTokens += 1;
      logger.info(`${client.id} is closed: its token is ${verdict}`);
      const why = verdict === 'expired' ? 'expired' : 'not accepted';
      client.close(CLOSE_TOKEN_INVALID, `token ${why}`);
      return;
    }
    if (fanOut.clients.size >= options.maximumConnections) {
      counters.refusedOverload += 1;
      logger.info(`${client.id} is closed: there are ${fanOut.clients.size} connections already`);
      this.#turnAway(client, 'too many connections');
      return;
    }
    const outage = this.#services.outage();
    if (outage !== null) {
      counters.refusedOverload += 1;
      this.#turnAway(client, outage);
      return;
    }
    dialect.connected(client, token);
    fanOut.add(client);
    tokenWatch.watch(client, expiresMs);
    logger.info(`${client.id} connected, ${fanOut.clients.size} in total`);
    const deadline = options.clock.setTimeout(() => {
      const awaited = dialect.awaits(client);
      if (awaited !== null) client.close(awaited.code, awaited.reason);
    }, options.authTimeoutMs);
    webSocket.on('message', (data, isBinary) => {
      client.alive = true;
      dialect.receive(client, /** @type {Buffer} */ (data), isBinary);
    });
    webSocket.on('pong', () => {
      client.alive = true;
    });
    webSocket.on('close', (code) => {
      options.clock.clearTimeout(deadline);
      tokenWatch.forget(client);
      outbox.close();
      const topics = [...client.subscriptions.topics];
      fanOut.remove(client);
      onGone(client, topics);
      logger.info(`${client.id} disconnected with ${code}, ${fanOut.clients.size} in total`);
    });
  };

  /**
   * Asks everyone for a sign of life, and ends whoever gave none since it was last asked. A gateway that was
   * held up itself may only not have read it yet, and asks once more.
   */
  beat() {
    const { counters, fanOut, logger, options } = this.#services;
    const nowMs = options.clock.now();
    const wasHeldUp = nowMs - this.#beatMs > options.heartbeatIntervalMs * LATE_BEAT;
    this.#beatMs = nowMs;
    const heartbeat = JSON.stringify({ type: 'heartbeat', timestamp: isoTime(nowMs) });
    for (const client of fanOut.clients) {
      if (!client.alive && !wasHeldUp) {
        counters.deadConnections += 1;
        logger.info(`${client.id} shows no sign of life`);
        client.terminate();
        continue;
      }
      client.alive = false;
      client.webSocket.ping();
      if (!client.isSlow) client.outbox.reply(heartbeat);
    }
  }

  /**
   * Says 1001 to everyone, and cuts off who does not answer in time.
   * @param {number} timeoutMs
   * @returns {Promise<void>}
   */
  async close(timeoutMs) {
    this.#isClosing = true;
    this.#services.options.clock.clearTimeout(this.#patience);
    const { clients } = this.#services.fanOut;
    const closed = [...clients].map(
      (client) => new Promise((resolve) => client.webSocket.once('close', resolve)),
    );
    const spreadMs = clients.size * RETURN_INTERVAL_MS;
    for (const client of clients) this.#sendAway(client, RESTART_MS + Math.random() * spreadMs);
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([Promise.all(closed), patience]);
    clearTimeout(timer);
    for (const client of clients) client.terminate();
    await Promise.all(closed);
  }

  /**
   * What lasts no longer than a restart costs nobody a connection; of what lasts longer, other gateways
   * may know nothing.
   * @param {string | null} outage
   */
  outageChanged(outage) {
    const { options, logger, fanOut, counters } = this.#services;
    if (outage === null) {
      options.clock.clearTimeout(this.#patience);
      this.#patience = null;
      return;
    }
    this.#patience ??= options.clock.setTimeout(() => {
      this.#patience = null;
      const { clients } = fanOut;
      if (clients.size === 0) return;
      logger.error(`${clients.size} connections are sent away, as they cannot be served`);
      for (const client of [...clients]) {
        counters.refusedOverload += 1;
        this.#turnAway(client, 'the gateway lost what it depends on');
      }
    }, OUTAGE_PATIENCE_MS);
  }

  /**
   * @param {Client} client
   * @param {string} reason
   */
  #turnAway(client, reason) {
    this.#tellRetry(client, OVERLOAD_RETRY_MS + Math.random() * OVERLOAD_SPREAD_MS);
    client.close(CLOSE_OVERLOADED, closingReason(reason));
  }

  /**
   * @param {Client} client
   * @param {number} retryAfterMs
   */
  #sendAway(client, retryAfterMs) {
    // A client of v1 is told as before.
    if (client.dialect.name === 'v2') this.#tellRetry(client, retryAfterMs);
    client.close(CLOSE_GOING_AWAY, 'gateway is shutting down');
  }

  /**
   * @param {Client} client
   * @param {number} retryAfterMs
   */
  #tellRetry(client, retryAfterMs) {
    const timestamp = isoNow(this.#services.options.clock);
    client.reply({ type: 'heartbeat', retryAfter: Math.ceil(retryAfterMs), timestamp });
  }
}
