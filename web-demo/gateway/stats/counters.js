/** What happened since the start, for `stats()`: messages received by type, refusals, subscriptions. */

const MAXIMUM_TOPICS = 10_000;

export class Counters {
  /** Messages from clients by type; `unknown` for types the gateway does not know. @type {Record<string, number>} */
  received = {};
  /** Subscribe and unsubscribe messages by topic. @type {Map<string, { subscribes: number, unsubscribes: number }>} */
  subscriptions = new Map();
  errorsSent = 0;
  connectionsTotal = 0;
  refusedOrigins = 0;
  refusedTokens = 0;
  deadConnections = 0;
  published = 0;
  /** Events that the bus could not store. */
  publishingFailures = 0;
  /** Connections turned away because there were too many. */
  refusedOverload = 0;
  /** Connections closed because their token's time was over. */
  expiredTokens = 0;
  /** Messages of pages that were acknowledged, those that were sent again included. */
  acknowledged = 0;
  /** Gaps told to clients. */
  gaps = 0;
  /** Streams that a page continued with nothing lost. */
  recovered = 0;
  /** Streams that a page wanted to continue, of which something was lost. */
  notRecovered = 0;

  /** @param {string} type */
  countReceived(type) {
    this.received[type] = (this.received[type] ?? 0) + 1;
  }

  /** @param {string} topic */
  countSubscribe(topic) {
    this.#of(topic).subscribes += 1;
  }

  /** @param {string} topic */
  countUnsubscribe(topic) {
    this.#of(topic).unsubscribes += 1;
  }

  /** @param {string} topic */
  #of(topic) {
    let entry = this.subscriptions.get(topic);
    if (entry === undefined) {
      entry = { subscribes: 0, unsubscribes: 0 };
      this.subscriptions.set(topic, entry);
      if (this.subscriptions.size > MAXIMUM_TOPICS) {
        const [oldest] = this.subscriptions.keys();
        if (oldest !== undefined) this.subscriptions.delete(oldest);
      }
    }
    return entry;
  }
}
