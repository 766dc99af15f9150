/**
 * How many comments each bill has: the one place that knows. The simulation, visitors and published
 * metrics all count here, so that no source contradicts another.
 */

import { BoundedMap } from '../bounded-map.js';

const MAXIMUM_BILLS = 20_000;

export class CommentCounts {
  /** @type {BoundedMap<string, number>} */
  #counts = new BoundedMap(MAXIMUM_BILLS);

  /**
   * @param {string | number} billId
   * @returns {number}
   */
  of(billId) {
    return this.#counts.get(String(billId)) ?? 0;
  }

  /**
   * @param {string | number} billId
   * @param {number} change
   * @returns {number} The count after it, never below 0.
   */
  change(billId, change) {
    const count = Math.max(0, this.of(billId) + change);
    this.#counts.set(String(billId), count);
    return count;
  }

  /**
   * A publisher of metrics knows better.
   * @param {string | number} billId
   * @param {number} count
   */
  set(billId, count) {
    this.#counts.set(String(billId), count);
  }
}
