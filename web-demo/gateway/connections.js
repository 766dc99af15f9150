/**
 * The life of a connection: it comes in, its frames go to the dialect, it is asked for signs of life,
 * and whatever it did in discussions ends with it.
 */

import { Client } from './client.js';
import { Outbox } from './outbox.js';

/**
 * @typedef {object} ConnectionServices
 * @property {import('./options.js').GatewayOptions} options
 * @property {import('./admission.js').Admission} admission
 * @property {import('./counters.js').Counters} counters
 * @property {import('./dialects/v1.js').DialectV1} dialect
 * @property {import('./fan-out.js').FanOut} fanOut
 * @property {import('./logger.js').Logger} logger
 * @property {import('./users.js').Users} users
 * @property {(client: Client, topics: string[]) => void} onGone Told when a connection has ended, with what it had subscribed to.
 */

const CLOSE_GOING_AWAY = 1001;
const CLOSE_TOKEN_INVALID = 4001;

export class Connections {
  #services;
  #isClosing = false;

  /** @param {ConnectionServices} services */
  constructor(services) {
    this.#services = services;
  }

  /** @type {import('./server.js').ServerServices['accept']} */
  accept = (webSocket, socket, token) => {
    const { options, admission, counters, dialect, fanOut, logger, users, onGone } = this.#services;
    const outbox = new Outbox(webSocket, socket, options);
    counters.connectionsTotal += 1;
    const client = new Client(
      `c${counters.connectionsTotal}`,
      webSocket,
      socket,
      outbox,
      token !== null || !admission.requiresToken,
      token === null || token === '' ? users.guest() : users.ofToken(token),
    );
    if (this.#isClosing) {
      client.close(CLOSE_GOING_AWAY, 'gateway is shutting down');
      return;
    }
    fanOut.add(client);
    logger.info(`${client.id} connected, ${fanOut.clients.size} in total`);
    const deadline = client.authenticated
      ? undefined
      : setTimeout(() => {
          if (!client.authenticated)
            client.close(CLOSE_TOKEN_INVALID, 'no token was shown in time');
        }, options.authTimeoutMs);
    webSocket.on('message', (data, isBinary) => {
      client.alive = true;
      dialect.receive(client, /** @type {Buffer} */ (data), isBinary);
    });
    webSocket.on('pong', () => {
      client.alive = true;
    });
    webSocket.on('error', (error) => logger.error(`${client.id} failed: ${error.message}`));
    webSocket.on('close', (code) => {
      clearTimeout(deadline);
      outbox.close();
      const topics = [...client.topics];
      fanOut.remove(client);
      onGone(client, topics);
      logger.info(`${client.id} disconnected with ${code}, ${fanOut.clients.size} in total`);
    });
  };

  /** Asks everyone for a sign of life, and ends whoever gave none since it was last asked. */
  beat() {
    const { counters, dialect, fanOut, logger } = this.#services;
    const heartbeat = dialect.heartbeat();
    for (const client of fanOut.clients) {
      if (!client.alive) {
        counters.deadConnections += 1;
        logger.info(`${client.id} shows no sign of life`);
        client.terminate();
        continue;
      }
      client.alive = false;
      client.webSocket.ping();
      if (!client.outbox.isSlow) client.outbox.reply(heartbeat);
    }
  }

  /**
   * Says 1001 to everyone, and cuts off who does not answer in time.
   * @param {number} timeoutMs
   * @returns {Promise<void>}
   */
  async close(timeoutMs) {
    this.#isClosing = true;
    const { clients } = this.#services.fanOut;
    const closed = [...clients].map(
      (client) => new Promise((resolve) => client.webSocket.once('close', resolve)),
    );
    for (const client of clients) client.close(CLOSE_GOING_AWAY, 'gateway is shutting down');
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
}
