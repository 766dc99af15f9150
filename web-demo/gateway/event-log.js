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
  #next = 0;

  /** @param {number} capacity How many events are kept. */
  constructor(capacity) {
    this.capacity = capacity;
    /** How many events were ever appended. */
    this.appended = 0;
  }

  /** @param {import('./event.js').GatewayEvent} event */
  append(event) {
    this.appended += 1;
    if (this.capacity === 0) return;
    this.#lines[this.#next] = event.json;
    this.#billIds[this.#next] = event.billId;
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
}

/**
 * @template T
 * @param {T[]} ring
 * @param {number} next
 * @returns {T[]} Oldest first.
 */
function inOrder(ring, next) {
  return [...ring.slice(next), ...ring.slice(0, next)];
}
