/** The gateway's figures in one object, for `GET /stats` and for tests. */

/**
 * @typedef {object} GatewayStats
 * @property {number} uptimeMs
 * @property {number} connections
 * @property {number} connectionsTotal
 * @property {{ v1: number, v2: number }} dialects Connections by what they speak.
 * @property {number} deadConnections Ended because they showed no sign of life.
 * @property {number} subscriptions
 * @property {Record<string, number>} received Messages from clients by type.
 * @property {number} errorsSent
 * @property {{ origin: number, token: number, overload: number }} refused
 * @property {number} expiredTokens Connections closed because their token's time was over.
 * @property {number} published Events, after batches were taken apart.
 * @property {number} delivered Events times the clients they were for.
 * @property {number} dropped Events that newer ones replaced because a client was slow.
 * @property {number} publishingFailures Events that the bus could not store.
 * @property {StreamStats} streams
 * @property {{ sent: number, duplicates: number, remembered: number }} acks Messages of pages: acknowledged,
 *   of these sent again, and those of which a repetition would be noticed.
 * @property {import('../dialects/v2/deflate.js').Deflate['counts']} deflate
 * @property {Record<string, BillStats>} bills By bill id.
 * @property {ClientStats[]} clients
 * @property {{ size: number, capacity: number, appended: number }} log
 * @property {Record<string, unknown>} feed
 */

/**
 * @typedef {object} BillStats
 * @property {Record<string, number>} published By update type, and `engagement_metrics`.
 * @property {number} subscribers Clients subscribed now.
 * @property {number} subscribes Subscribe messages so far.
 * @property {number} unsubscribes Unsubscribe messages so far.
 */

/**
 * @typedef {object} ClientStats
 * @property {string} id
 * @property {number} subscriptions
 * @property {number} bufferedBytes
 * @property {number} sent
 * @property {number} dropped
 * @property {number} kept Newest states waiting for the socket to drain.
 * @property {boolean} slow
 * @property {'v1' | 'v2'} dialect
 */

/**
 * @typedef {object} OwnStreamStats
 * @property {number} gaps Told to clients: what history no longer had.
 * @property {number} recovered Streams that a page continued with nothing lost.
 * @property {number} notRecovered Streams that a page wanted to continue, of which something was lost.
 */

/** @typedef {import('../bus/bus.js').BusStats & OwnStreamStats} StreamStats */

/**
 * @param {object} parts
 * @param {number} parts.startedMs
 * @param {import('../clock.js').Clock} parts.clock
 * @param {import('./counters.js').Counters} parts.counters
 * @param {import('../publishing/fan-out.js').FanOut} parts.fanOut
 * @param {import('../bills.js').Bills} parts.bills
 * @param {import('../bus/bus.js').Bus} parts.bus
 * @param {import('../bus/applied-messages.js').AppliedMessages} parts.appliedMessages
 * @param {import('../dialects/v2/deflate.js').Deflate} parts.deflate
 * @param {import('../logging/event-log.js').EventLog} parts.log
 * @param {import('../feeds/feed.js').Feed} parts.feed
 * @returns {GatewayStats}
 */
export function collectStats(parts) {
  const { startedMs, clock, counters, fanOut, bills, log, feed } = parts;
  const { bus, appliedMessages, deflate } = parts;
  const clients = [...fanOut.clients].map(({ id, subscriptions, outbox, isSlow, dialect }) => ({
    id,
    subscriptions: subscriptions.count,
    bufferedBytes: outbox.bufferedBytes,
    sent: outbox.sent,
    dropped: outbox.dropped,
    kept: outbox.keptEvents,
    slow: isSlow,
    dialect: dialect.name,
  }));
  /** @type {Record<string, BillStats>} */
  const byBill = {};
  for (const [billId, bill] of bills.entries())
    byBill[billId] = billStats(billId, { ...bill.counts });
  for (const topic of counters.subscriptions.keys()) {
    const billId = topic.startsWith('bill:') ? topic.slice('bill:'.length) : null;
    if (billId !== null) byBill[billId] ??= billStats(billId, {});
  }

  /** @param {'v1' | 'v2'} dialect */
  function speakers(dialect) {
    return clients.filter((client) => client.dialect === dialect).length;
  }

  /**
   * @param {string} billId
   * @param {Record<string, number>} published
   * @returns {BillStats}
   */
  function billStats(billId, published) {
    const topic = `bill:${billId}`;
    const counted = counters.subscriptions.get(topic) ?? { subscribes: 0, unsubscribes: 0 };
    return { published, subscribers: fanOut.subscriberCount(topic), ...counted };
  }

  return {
    uptimeMs: clock.now() - startedMs,
    connections: clients.length,
    connectionsTotal: counters.connectionsTotal,
    dialects: { v1: speakers('v1'), v2: speakers('v2') },
    deadConnections: counters.deadConnections,
    subscriptions: clients.reduce((sum, client) => sum + client.subscriptions, 0),
    received: { ...counters.received },
    errorsSent: counters.errorsSent,
    refused: {
      origin: counters.refusedOrigins,
      token: counters.refusedTokens,
      overload: counters.refusedOverload,
    },
    expiredTokens: counters.expiredTokens,
    published: counters.published,
    delivered: fanOut.delivered,
    dropped: clients.reduce((sum, client) => sum + client.dropped, fanOut.droppedBefore),
    publishingFailures: counters.publishingFailures,
    streams: {
      ...bus.stats(),
      gaps: counters.gaps,
      recovered: counters.recovered,
      notRecovered: counters.notRecovered,
    },
    acks: {
      sent: counters.acknowledged,
      duplicates: appliedMessages.duplicates,
      remembered: appliedMessages.size,
    },
    deflate: { ...deflate.counts },
    bills: byBill,
    clients,
    log: { size: log.size, capacity: log.capacity, appended: log.appended },
    feed: feed.stats(),
  };
}
