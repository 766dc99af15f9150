/**
 * The reference gateway: a server of dialect v1 for bills, from memory, for one machine. It owns
 * the wiring: published messages become events, events go to the log, to the bills' state and to
 * everyone subscribed. Feeds publish through the same door as people.
 *
 * On subscribe the gateway sends history, which deployed v1 servers do not: see `dialects/v1.js`.
 */

import { Admission } from './admission.js';
import { Bills } from './bills.js';
import { Client } from './client.js';
import { Counters } from './counters.js';
import { DialectV1 } from './dialects/v1.js';
import { EventLog } from './event-log.js';
import { FanOut } from './fan-out.js';
import { LogFile } from './log-file.js';
import { Outbox } from './outbox.js';
import { Server } from './server.js';
import { createFeed } from './feeds/feed.js';
import { createLogger } from './logger.js';
import { createRoutes } from './routes.js';
import { isoNow } from './clock.js';
import { readPublished } from './published.js';
import { resolveOptions } from './options.js';
import { collectStats } from './stats.js';

const CLOSE_GOING_AWAY = 1001;
const CLOSE_TOKEN_INVALID = 4001;
const SUMMARY_INTERVAL_MS = 30_000;
const PUBLISH_CHUNK = 64;
const PATIENCE_MS = 5000;

/**
 * @typedef {object} Gateway
 * @property {() => Promise<{ port: number, url: string }>} start
 * @property {() => Promise<void>} stop Closes every connection with 1001; may be called twice.
 * @property {(message: unknown) => { published: number, deliveredTo: number }} publish One message or
 *   an array; throws `PublishError`. `deliveredTo` counts clients, each once.
 * @property {(messages: unknown[]) => Promise<{ published: number, deliveredTo: number }>} publishAll As
 *   `publish`, at the speed at which clients take it, so that none of them counts as slow.
 * @property {() => import('./stats.js').GatewayStats} stats
 * @property {import('./event-log.js').EventLog} log The newest published messages.
 * @property {() => import('./bills.js').BillDescription[]} bills
 * @property {() => string} startFeed Starts a feed that waits; answers with its state.
 * @property {() => string} describeFeed One phrase for people, which calls simulated data simulated.
 */

/**
 * @param {Partial<import('./options.js').GatewayOptions>} [given]
 * @returns {Gateway}
 * @throws {import('./options.js').OptionError}
 */
export function createGateway(given = {}) {
  const options = resolveOptions(given);
  const { clock } = options;
  const startedMs = clock.now();
  const logger = createLogger(options.logLevel, options.writeLog, clock.now);
  const admission = new Admission(options.allowOrigins, options.requireToken);
  const bills = new Bills(options.historySize);
  const counters = new Counters();
  const fanOut = new FanOut(clock);
  const log = new EventLog(options.logCapacity);
  const dialect = new DialectV1({
    fanOut,
    bills,
    admission,
    counters,
    clock,
    logger,
    maximumSubscriptions: options.maximumSubscriptions,
  });
  /** @type {LogFile | null} */
  let logFile = null;
  /** @type {Set<NodeJS.Timeout>} */
  const intervals = new Set();
  /** @type {Promise<void> | null} */
  let stopping = null;

  /** @type {Gateway['publish']} */
  function publish(message) {
    const events = readPublished(message, isoNow(clock));
    /** @type {Set<Client>} */
    const reached = new Set();
    for (const event of events) publishEvent(event, reached);
    return { published: events.length, deliveredTo: reached.size };
  }

  /**
   * @param {import('./event.js').GatewayEvent} event
   * @param {Set<Client>} [reached]
   */
  function publishEvent(event, reached) {
    counters.published += 1;
    log.append(event);
    logFile?.append(event.json);
    bills.record(event);
    fanOut.deliver(event, reached);
  }

  /** @type {Gateway['publishAll']} */
  async function publishAll(messages) {
    let published = 0;
    /** @type {Set<Client>} */
    const reached = new Set();
    for (const [index, message] of messages.entries()) {
      const events = readPublished(message, isoNow(clock));
      for (const event of events) publishEvent(event, reached);
      published += events.length;
      if (index % PUBLISH_CHUNK === 0 || fanOut.isCongested())
        await fanOut.whenWritable(PATIENCE_MS);
    }
    return { published, deliveredTo: reached.size };
  }

  const feed = createFeed(options, {
    clock,
    logger,
    announce: (bill) => bills.announce(bill),
    publish: (message) => {
      for (const event of readPublished(message, isoNow(clock))) publishEvent(event);
    },
    isCongested: () => fanOut.isCongested(),
    whenWritable: () => fanOut.whenWritable(PATIENCE_MS),
    billSubscriptionCount: () => fanOut.billSubscriptionCount(bills.size),
  });
  fanOut.onInterestChange = () => feed.subscriptionsChanged();

  const stats = () => collectStats({ startedMs, clock, counters, fanOut, bills, log, feed });
  const server = new Server({
    routes: createRoutes({
      admission,
      counters,
      maximumMessageBytes: options.maximumMessageBytes,
      publish,
      startFeed: () => feed.start(),
      stats: () => ({ ...stats() }),
      health: () => ({
        status: stopping === null ? 'ok' : 'stopping',
        uptimeMs: clock.now() - startedMs,
        connections: fanOut.clients.size,
      }),
      bills: () => ({ source: feed.source, bills: bills.list() }),
    }),
    admission,
    counters,
    logger,
    maximumMessageBytes: options.maximumMessageBytes,
    accept,
  });

  /** @type {import('./server.js').ServerServices['accept']} */
  function accept(webSocket, socket, authenticated) {
    const outbox = new Outbox(webSocket, socket, options);
    counters.connectionsTotal += 1;
    const client = new Client(
      `c${counters.connectionsTotal}`,
      webSocket,
      socket,
      outbox,
      authenticated,
    );
    if (stopping !== null) {
      client.close(CLOSE_GOING_AWAY, 'gateway is shutting down');
      return;
    }
    fanOut.add(client);
    logger.info(`${client.id} connected, ${fanOut.clients.size} in total`);
    const deadline = authenticated
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
      fanOut.remove(client);
      logger.info(`${client.id} disconnected with ${code}, ${fanOut.clients.size} in total`);
    });
  }

  function beat() {
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

  let summarised = 0;
  function summarise() {
    if (counters.published === summarised) return;
    const { published } = counters;
    const { delivered, dropped, connections } = stats();
    logger.info(
      `${published - summarised} published in 30 s; in total ${delivered} delivered, ${dropped} dropped, ${connections} connected`,
    );
    summarised = published;
  }

  /**
   * @param {() => void} callback
   * @param {number} intervalMs 0 means never.
   */
  function every(callback, intervalMs) {
    if (intervalMs > 0) intervals.add(setInterval(callback, intervalMs).unref());
  }

  return {
    async start() {
      await feed.load();
      const port = await server.listen(options.host, options.port);
      if (options.logFile !== null) logFile = new LogFile(options.logFile, logger);
      every(beat, options.heartbeatIntervalMs);
      every(summarise, SUMMARY_INTERVAL_MS);
      feed.ready();
      return { port, url: `ws://${urlHost(options.host)}:${port}/ws` };
    },
    stop() {
      stopping ??= (async () => {
        feed.stop();
        server.stopListening();
        for (const interval of intervals) clearInterval(interval);
        const closed = [...fanOut.clients].map(
          (client) => new Promise((resolve) => client.webSocket.once('close', resolve)),
        );
        for (const client of fanOut.clients)
          client.close(CLOSE_GOING_AWAY, 'gateway is shutting down');
        /** @type {NodeJS.Timeout | undefined} */
        let timer;
        const patience = new Promise((resolve) => {
          timer = setTimeout(resolve, options.shutdownTimeoutMs);
        });
        await Promise.race([Promise.all(closed), patience]);
        clearTimeout(timer);
        for (const client of fanOut.clients) client.terminate();
        await Promise.all(closed);
        await server.close();
        await logFile?.close();
      })();
      return stopping;
    },
    publish,
    publishAll,
    stats,
    log,
    bills: () => bills.list(),
    startFeed: () => feed.start(),
    describeFeed: () => feed.describe(),
  };
}

/**
 * @param {string} host
 * @returns {string} `localhost` for loopback addresses and for "every address".
 */
function urlHost(host) {
  if (['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
