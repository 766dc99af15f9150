/**
 * The newest published events, in order, for tests that compare what a client saw with what was
 * published. Append-only and bounded: the oldest entry makes room for the newest.
 */
export class EventLog {
  /** @type {{ billId: string, json: string }[]} */
  #entries = [];
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
    this.#entries[this.#next] = { billId: event.billId, json: event.json };
    this.#next = (this.#next + 1) % this.capacity;
  }

  get size() {
    return this.#entries.length;
  }

  /** @returns {string[]} The kept messages as they went over the wire, oldest first. */
  lines() {
    return this.#inOrder().map((entry) => entry.json);
  }

  /**
   * @param {number | string} [billId] Only this bill's messages.
   * @returns {Record<string, any>[]} The kept messages, parsed, oldest first.
   */
  messages(billId) {
    const entries = this.#inOrder();
    const wanted =
      billId === undefined ? entries : entries.filter((entry) => entry.billId === String(billId));
    return wanted.map((entry) => JSON.parse(entry.json));
  }

  #inOrder() {
    return [...this.#entries.slice(this.#next), ...this.#entries.slice(0, this.#next)];
  }
}
