/**
 * How many follow a topic at other gateways. Each tells its own number when it changes, and again now and
 * then; a gateway that is not heard of any more has none.
 */

/**
 * @typedef {object} HeadcountParts
 * @property {Pick<import('../../bus.js').BusServices, 'clock'>} services
 * @property {(topic: string, count: number, asks: boolean) => void} tell All other gateways; `asks` wants to be told theirs.
 * @property {(topic: string) => void} changed
 */

/**
 * @typedef {object} Counted
 * @property {number} here
 * @property {Map<string, { count: number, untilMs: number }>} others By gateway.
 */

const BEAT_MS = 10_000;
const FORGOTTEN_AFTER_MS = 25_000;

export class Headcount {
  /** @type {Map<string, Counted>} */
  #topics = new Map();
  #parts;
  /** @type {unknown} */
  #timer = null;

  /** @param {HeadcountParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  start() {
    this.#beatLater();
  }

  /**
   * @param {string} topic
   * @param {number} count Who follow it here.
   */
  set(topic, count) {
    const counted = this.#topics.get(topic);
    if ((counted?.here ?? 0) === count) return;
    if (counted === undefined) this.#topics.set(topic, { here: count, others: new Map() });
    else counted.here = count;
    if (count === 0) this.#topics.delete(topic);
    this.#parts.tell(topic, count, counted === undefined);
  }

  /**
   * @param {string} topic
   * @returns {number}
   */
  elsewhere(topic) {
    const now = this.#parts.services.clock.now();
    let count = 0;
    for (const other of this.#topics.get(topic)?.others.values() ?? [])
      if (other.untilMs > now) count += other.count;
    return count;
  }

  /**
   * @param {string} topic
   * @param {string} gateway
   * @param {number} count
   * @param {boolean} asks
   */
  heard(topic, gateway, count, asks) {
    const counted = this.#topics.get(topic);
    // Nobody here wants to know.
    if (counted === undefined) return;
    const before = this.elsewhere(topic);
    const untilMs = this.#parts.services.clock.now() + FORGOTTEN_AFTER_MS;
    if (count === 0) counted.others.delete(gateway);
    else counted.others.set(gateway, { count, untilMs });
    if (asks) this.#parts.tell(topic, counted.here, false);
    if (this.elsewhere(topic) !== before) this.#parts.changed(topic);
  }

  /** Everybody is told and asked, as after a new connection. */
  tellAll() {
    for (const [topic, { here }] of this.#topics) this.#parts.tell(topic, here, true);
  }

  close() {
    this.#parts.services.clock.clearTimeout(this.#timer);
  }

  #beatLater() {
    this.#timer = this.#parts.services.clock.setTimeout(() => {
      this.#beat();
      this.#beatLater();
    }, BEAT_MS);
  }

  #beat() {
    const now = this.#parts.services.clock.now();
    for (const [topic, { here, others }] of this.#topics) {
      this.#parts.tell(topic, here, false);
      const known = others.size;
      for (const [gateway, { untilMs }] of others) if (untilMs <= now) others.delete(gateway);
      if (others.size < known) this.#parts.changed(topic);
    }
  }
}
