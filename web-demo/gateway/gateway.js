/**
 * The reference gateway: a server of dialects v1 and v2, from memory, for one machine. It owns the wiring;
 * feeds and visitors publish through the same door. In v1 it sends history on subscribe, which deployed
 * servers do not: see `dialects/v1/welcome.js`.
 */

import { randomBytes } from 'node:crypto';
import { Admission } from './access/admission.js';
import { AppliedMessages } from './bus/applied-messages.js';
import { Bills } from './bills.js';
import { CatchUp } from './dialects/v2/catch-up.js';
import { Community } from './community/community.js';
import { Connections } from './connections/connections.js';
import { Counters } from './stats/counters.js';
import { Deflate } from './dialects/v2/deflate.js';
import { DialectV1 } from './dialects/v1.js';
import { DialectV2 } from './dialects/v2.js';
import { Discussions } from './community/discussions.js';
import { EventLog } from './logging/event-log.js';
import { FanOut } from './publishing/fan-out.js';
import { Ledger } from './ledger/ledger.js';
import { LogFile } from './logging/log-file.js';
import { Measures } from './community/measures.js';
import { MemoryBus } from './bus/memory-bus.js';
import { Mailboxes } from './notifications/mailboxes.js';
import { Preferences } from './notifications/preferences.js';
import { Publisher } from './publishing/publisher.js';
import { Server } from './http/server.js';
import { TokenWatch } from './access/token-watch.js';
import { Users } from './access/users.js';
import { isoNow } from './clock.js';
import { SUMMARY_INTERVAL_MS, Summary } from './stats/summary.js';
import { collectStats } from './stats/stats.js';
import { commentId } from './community/comment-id.js';
import { socketUrl } from './http/socket-url.js';
import { createFeed } from './feeds/feed.js';
import { createLogger } from './logging/logger.js';
import { createRoutes } from './http/routes.js';
import { discussedBill } from './dialects/v1/topics.js';
import { resolveOptions } from './options/options.js';

const GATEWAY_ID_BYTES = 9;

/**
 * @typedef {object} Gateway
 * @property {() => Promise<{ port: number, url: string }>} start
 * @property {() => Promise<void>} stop Closes every connection with 1001; may be called twice.
 * @property {(message: unknown) => { published: number, deliveredTo: number }} publish One message or
 *   an array; throws `PublishError`. `deliveredTo` counts clients, each once.
 * @property {(messages: unknown[]) => Promise<{ published: number, deliveredTo: number }>} publishAll As
 *   `publish`, at the speed at which clients take it, so that none of them counts as slow.
 * @property {() => import('./stats/stats.js').GatewayStats} stats
 * @property {import('./logging/event-log.js').EventLog} log The newest published messages.
 * @property {() => import('./bills.js').BillDescription[]} bills
 * @property {() => string} startFeed Starts a feed that waits; answers with its state.
 * @property {() => string} describeFeed One phrase for people, which calls simulated data simulated.
 */

/**
 * @param {Partial<import('./options/options.js').GatewayOptions>} [given]
 * @returns {Gateway}
 * @throws {import('./options/options.js').OptionError}
 */
export function createGateway(given = {}) {
  const options = resolveOptions(given);
  const { clock } = options;
  const startedMs = clock.now();
  const logger = createLogger(options.logLevel, options.writeLog, clock.now);
  const tokenLifetimeMs = options.tokenLifetimeSeconds * 1000 || null;
  const admission = new Admission(
    options.allowOrigins,
    options.requireToken,
    clock,
    tokenLifetimeMs,
  );
  const bills = new Bills(options.historySize);
  const counters = new Counters();
  const tokenWatch = new TokenWatch(clock, counters);
  /** @type {import('./bus/bus.js').Bus} */
  const bus = options.bus ?? new MemoryBus(options);
  const gatewayId = randomBytes(GATEWAY_ID_BYTES).toString('base64url');
  const fanOut = new FanOut(clock, bus);
  const log = new EventLog(options.logCapacity);
  const users = new Users(bus.isShared === true ? gatewayId : null);
  const mailboxes = new Mailboxes();
  const preferences = new Preferences(bus.documents('preferences'));
  const discussions = new Discussions(options.historySize);
  const measures = new Measures();
  const ledger = new Ledger(
    { bus, clock, fanOut, logger },
    { discussion: discussions, bill: measures },
  );
  /** @type {Community} */
  const community = new Community({
    clock,
    fanOut,
    bus,
    ledger,
    discussions,
    measures,
    newCommentId: (count) =>
      commentId(bus.isShared === true ? gatewayId : null, publisher.workId, count),
    tellHere: (message) => publisher.tellHere(message),
    publish: (message, except) => publisher.publish(message, undefined, except),
    publishNext: (topic, make) => publisher.publishNext(topic, make),
  });
  /** @type {Publisher} */
  const publisher = new Publisher({
    bus,
    clock,
    counters,
    fanOut,
    log,
    logger,
    ledger,
    memories: [bills, mailboxes],
  });
  bus.receive = publisher.receive;
  bus.remember = publisher.remember;
  bus.presenceChanged = (topic) => {
    const billId = discussedBill(topic);
    if (billId !== null) community.presence.changed(billId);
  };
  bus.lost = (topic, audience) => {
    ledger.lost(topic);
    fanOut.lost(topic, audience);
  };
  bus.late = (topic, audience) => fanOut.late(topic, audience);
  bus.outageChanged = (outage) => connections.outageChanged(outage);
  const shared = {
    fanOut,
    bills,
    community,
    mailboxes,
    preferences,
    users,
    admission,
    tokenWatch,
    counters,
    clock,
    logger,
    publish: (/** @type {any} */ message, /** @type {any} */ except) =>
      void publisher.publish(message, undefined, except),
    later: (/** @type {Promise<void> | null} */ ready, /** @type {() => void} */ work) =>
      publisher.later(ready, work),
    historySize: options.historySize,
    maximumSubscriptions: options.maximumSubscriptions,
  };
  const appliedMessages = new AppliedMessages(clock);
  const deflate = new Deflate();
  const v1 = new DialectV1(shared);
  const v2 = new DialectV2({
    ...shared,
    bus,
    appliedMessages,
    catchUp: new CatchUp(clock, logger),
    deflate,
    storing: (work, workId) => publisher.storing(work, workId),
    heartbeatIntervalMs: options.heartbeatIntervalMs,
    maximumMessageBytes: options.maximumMessageBytes,
    maximumInFlight: options.maximumInFlight,
    newcomerEvents: options.newcomerEvents,
  });
  const connections = new Connections({
    options,
    gatewayId,
    counters,
    dialectOf: (subprotocol) => (subprotocol === DialectV2.subprotocol ? v2 : v1),
    fanOut,
    logger,
    outage: () => bus.outage ?? null,
    tokenWatch,
    onGone: (client, topics) => {
      community.gone(
        client,
        topics.flatMap((topic) => discussedBill(topic) ?? []),
      );
      if (!client.user.isGuest) return;
      mailboxes.forget(client.user.id);
      preferences.forget(client.user.id);
    },
  });
  /** @type {Set<NodeJS.Timeout>} */
  const intervals = new Set();
  /** @type {Promise<void> | null} */
  let stopping = null;

  /**
   * @param {unknown} message
   * @param {string | null} workId
   */
  async function publishStored(message, workId) {
    /** @type {{ published: number, deliveredTo: number }} */
    let answer = { published: 0, deliveredTo: 0 };
    const work = () =>
      publisher.storing(() => {
        answer = publish(message);
      }, workId);
    await (workId === null ? work() : appliedMessages.once('publish', workId, work));
    return answer;
  }

  /** @type {Gateway['publish']} */
  function publish(message) {
    /** @type {Set<import('./connections/client.js').Client>} */
    const reached = new Set();
    return { published: publisher.publish(message, reached), deliveredTo: reached.size };
  }

  /** @type {Gateway['publishAll']} */
  async function publishAll(messages) {
    /** @type {Set<import('./connections/client.js').Client>} */
    const reached = new Set();
    const published = await publisher.publishAll(messages, reached);
    return { published, deliveredTo: reached.size };
  }

  const feed = createFeed(options, {
    clock,
    logger,
    community,
    measures,
    announce: (bill) => bills.announce(bill),
    publish: (message) => void publisher.publish(message),
    together: (work) => fanOut.together(work),
    isCongested: () => fanOut.isCongested(),
    whenWritable: () => publisher.whenWritable(),
    billSubscriptionCount: () => fanOut.billSubscriptionCount(bills.size),
  });
  preferences.onChange = (userId, all, by) => {
    for (const client of fanOut.clients)
      if (client.origin !== by && client.user.id === userId)
        client.reply({
          type: 'preferences_updated',
          data: { preferences: all },
          messageId: null,
          timestamp: isoNow(clock),
        });
  };
  fanOut.onInterestChange = () => feed.subscriptionsChanged();

  const stats = () =>
    collectStats({
      startedMs,
      clock,
      counters,
      fanOut,
      bills,
      bus,
      appliedMessages,
      deflate,
      log,
      feed,
    });
  const server = new Server({
    routes: createRoutes({
      admission,
      counters,
      maximumMessageBytes: options.maximumMessageBytes,
      publish: publishStored,
      startFeed: () => feed.start(),
      setRate: (updatesPerSecond) => feed.setRate(updatesPerSecond),
      stats: () => ({ ...stats() }),
      outage: () => bus.outage ?? null,
      health: () => ({
        status: stopping !== null ? 'stopping' : bus.outage ? 'unavailable' : 'ok',
        ...(bus.outage ? { reason: bus.outage } : {}),
        uptimeMs: clock.now() - startedMs,
        connections: fanOut.clients.size,
      }),
      bills: () => ({ source: feed.source, bills: bills.list() }),
      log: (topic) => ({ appended: log.appended, events: log.events(topic) }),
    }),
    admission,
    counters,
    logger,
    maximumMessageBytes: options.maximumMessageBytes,
    dialect: options.dialect,
    accept: connections.accept,
  });

  const summary = new Summary(logger);
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
      bus.start?.({ clock, logger });
      const port = await server.listen(options.host, options.port);
      if (options.logFile !== null) publisher.logFile = new LogFile(options.logFile, logger);
      every(() => connections.beat(), options.heartbeatIntervalMs);
      every(() => summary.tell(stats()), SUMMARY_INTERVAL_MS);
      feed.ready();
      return { port, url: socketUrl(options.host, port) };
    },
    stop() {
      stopping ??= (async () => {
        feed.stop();
        server.stopListening();
        for (const interval of intervals) clearInterval(interval);
        await connections.close(options.shutdownTimeoutMs);
        await server.close();
        publisher.logFile?.close();
        await ledger.close();
        await bus.close();
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
