/** One subject that is followed: how far it was brought along, and its newest events. */

import { Shelf } from '../../shelf.js';

/** @typedef {import('../../stream-entry.js').StreamEntry} StreamEntry */

/**
 * What is kept of all lanes together.
 * @typedef {object} Tally
 * @property {number} events
 * @property {number} bytes
 * @property {number} evicted
 */

/**
 * @typedef {object} LaneLimits
 * @property {number} streamEvents
 * @property {number} streamBytes
 */

export class Lane {
  #shelf = new Shelf(0);
  #tally;
  #limits;
  /** The newest number that was brought. */
  position = 0;
  /** What was stored up to here was there before anybody followed. */
  start = 0;
  /** What is known to be stored, and may not have been heard. */
  awaits = 0;
  /** True when it is known where it stands. */
  isPlaced = false;
  /** When it is compared with the stream. */
  checkMs = 0;
  /** @type {import('@nats-io/transport-node').Subscription | null} */
  subscription = null;

  /**
   * @param {string} subject
   * @param {string | null} audience
   * @param {Tally} tally
   * @param {LaneLimits} limits
   */
  constructor(subject, audience, tally, limits) {
    this.subject = subject;
    this.audience = audience;
    this.#tally = tally;
    this.#limits = limits;
  }

  /** @returns {number} Everything after it is kept here. */
  get floor() {
    return this.#shelf.floor;
  }

  /** @returns {number} How many events are kept. */
  get size() {
    return this.#shelf.size;
  }

  /**
   * @param {number} seq Of the newest event.
   * @param {number} floor What is not kept in the stream ends here, or before.
   */
  placeAt(seq, floor) {
    this.clear();
    this.position = Math.max(seq, floor);
    this.start = this.position;
    this.awaits = 0;
    this.#shelf = new Shelf(this.position);
    this.isPlaced = true;
  }

  /**
   * What was missed up to here will never be brought.
   * @param {number} floor
   */
  skipTo(floor) {
    this.clear();
    this.position = Math.max(this.position, floor);
    this.#shelf = new Shelf(this.position);
  }

  /** @param {StreamEntry} entry The next one. */
  keep(entry) {
    this.#account(() => this.#shelf.add(entry, Number(entry.seq)));
  }

  /**
   * @param {StreamEntry[]} entries Oldest first.
   * @param {number} floor Everything after it, up to what is kept, is among them.
   */
  prepend(entries, floor) {
    this.#account(() => this.#shelf.prepend(entries, floor));
  }

  /** Keeps nothing any more, and knows still where it stands. */
  clear() {
    this.#account(() => this.#shelf.trim(0, 0));
    this.#shelf = new Shelf(Math.max(this.position, this.#shelf.floor));
  }

  /**
   * @param {number} after
   * @param {number} limit
   * @returns {StreamEntry[]} Oldest first.
   */
  after(after, limit) {
    return this.#shelf.after(after, limit);
  }

  /**
   * @param {number} count
   * @returns {StreamEntry[]} The newest, oldest first.
   */
  last(count) {
    return this.#shelf.last(count);
  }

  /** @param {() => void} change */
  #account(change) {
    const shelf = this.#shelf;
    const { size, bytes } = shelf;
    change();
    this.#tally.evicted += shelf.trim(this.#limits.streamEvents, this.#limits.streamBytes);
    this.#tally.events += shelf.size - size;
    this.#tally.bytes += shelf.bytes - bytes;
  }
}
