/** The gateway's figures in one object, for `GET /stats` and for tests. */

/**
 * @typedef {object} GatewayStats
 * @property {number} uptimeMs
 * @property {number} connections
 * @property {number} connectionsTotal
 * @property {number} deadConnections Ended because they showed no sign of life.
 * @property {number} subscriptions
 * @property {Record<string, number>} received Messages from clients by type.
 * @property {number} errorsSent
 * @property {{ origin: number, token: number }} refused
 * @property {number} published Events, after batches were taken apart.
 * @property {number} delivered Events times the clients they were for.
 * @property {number} dropped Events that newer ones replaced because a client was slow.
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
 */

/**
 * @param {object} parts
 * @param {number} parts.startedMs
 * @param {import('./clock.js').Clock} parts.clock
 * @param {import('./counters.js').Counters} parts.counters
 * @param {import('./fan-out.js').FanOut} parts.fanOut
 * @param {import('./bills.js').Bills} parts.bills
 * @param {import('./event-log.js').EventLog} parts.log
 * @param {import('./feeds/feed.js').Feed} parts.feed
 * @returns {GatewayStats}
 */
export function collectStats({ startedMs, clock, counters, fanOut, bills, log, feed }) {
  const clients = [...fanOut.clients].map(({ id, subscriptionCount, outbox }) => ({
    id,
    subscriptions: subscriptionCount,
    bufferedBytes: outbox.bufferedBytes,
    sent: outbox.sent,
    dropped: outbox.dropped,
    kept: outbox.keptEvents,
    slow: outbox.isSlow,
  }));
  /** @type {Record<string, BillStats>} */
  const byBill = {};
  for (const [billId, bill] of bills.entries())
    byBill[billId] = billStats(billId, { ...bill.counts });
  for (const topic of counters.subscriptions.keys()) {
    const billId = topic.startsWith('bill:') ? topic.slice('bill:'.length) : null;
    if (billId !== null) byBill[billId] ??= billStats(billId, {});
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
    deadConnections: counters.deadConnections,
    subscriptions: clients.reduce((sum, client) => sum + client.subscriptions, 0),
    received: { ...counters.received },
    errorsSent: counters.errorsSent,
    refused: { origin: counters.refusedOrigins, token: counters.refusedTokens },
    published: counters.published,
    delivered: fanOut.delivered,
    dropped: clients.reduce((sum, client) => sum + client.dropped, fanOut.droppedBefore),
    bills: byBill,
    clients,
    log: { size: log.size, capacity: log.capacity, appended: log.appended },
    feed: feed.stats(),
  };
}
