/**
 * The newest published events, in order, for tests that compare what a client saw with what was
 * published. Append-only and bounded: the oldest entry makes room for the newest.
 */
export class EventLog {
  // Two lists of texts rather than one of pairs: at high rates every kept object costs the collector.
  /** @type {string[]} */
  #lines = [];
  /** @type {(string | null)[]} */
  #billIds = [];
  /** @type {string[]} */
  #topics = [];
  /** @type {(string | null)[]} */
  #epochs = [];
  /** @type {(number | null)[]} */
  #seqs = [];
  #next = 0;

  /** @param {number} capacity How many events are kept. */
  constructor(capacity) {
    this.capacity = capacity;
    /** How many events were ever appended. */
    this.appended = 0;
  }

  /** @param {import('../bus/stream-entry.js').StreamEntry} entry */
  append({ event, topic, epoch, seq }) {
    this.appended += 1;
    if (this.capacity === 0) return;
    this.#lines[this.#next] = event.json;
    this.#billIds[this.#next] = event.billId;
    this.#topics[this.#next] = topic;
    this.#epochs[this.#next] = epoch;
    this.#seqs[this.#next] = seq;
    this.#next = (this.#next + 1) % this.capacity;
  }

  get size() {
    return this.#lines.length;
  }

  /** @returns {string[]} The kept messages as they went over the wire, oldest first. */
  lines() {
    return inOrder(this.#lines, this.#next);
  }

  /**
   * @param {number | string} [billId] Only this bill's messages.
   * @returns {Record<string, any>[]} The kept messages, parsed, oldest first.
   */
  messages(billId) {
    const billIds = inOrder(this.#billIds, this.#next);
    const wanted = billId === undefined ? null : String(billId);
    return this.lines()
      .filter((_line, index) => wanted === null || billIds[index] === wanted)
      .map((line) => JSON.parse(line));
  }

  /**
   * @param {string} [topic] Only this stream's events.
   * @returns {LoggedEvent[]} The kept events with their places in their streams, oldest first.
   */
  events(topic) {
    const [topics, epochs, seqs] = [this.#topics, this.#epochs, this.#seqs].map((ring) =>
      inOrder(/** @type {any[]} */ (ring), this.#next),
    );
    return this.lines().flatMap((line, index) => {
      const place = { topic: topics?.[index], epoch: epochs?.[index], seq: seqs?.[index] };
      if (topic !== undefined && place.topic !== topic) return [];
      return [{ ...place, message: JSON.parse(line) }];
    });
  }
}

/**
 * @typedef {object} LoggedEvent
 * @property {string} topic Its stream.
 * @property {string | null} epoch Null, as is `seq`, for what has no place in the stream.
 * @property {number | null} seq
 * @property {Record<string, any>} message As a client of v1 gets it.
 */

/**
 * @template T
 * @param {T[]} ring
 * @param {number} next
 * @returns {T[]} Oldest first.
 */
function inOrder(ring, next) {
  return [...ring.slice(next), ...ring.slice(0, next)];
}
