/**
 * The newest counts of each bill: views, comments, saves, shares. The one place that knows: the simulation,
 * visitors and published metrics all count here, so that no source contradicts another. Bounded.
 */

import { BoundedMap } from '../bounded-map.js';
import { readField } from '../events/fields.js';
import { METRIC_NAMES } from '../events/published/bill-messages.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../events/event.js').GatewayEvent} GatewayEvent */

const MAXIMUM_BILLS = 20_000;
const COMMENTS = 'comment_count';

export class Measures {
  /** @type {BoundedMap<string, Fields>} By bill id. */
  #measures = new BoundedMap(MAXIMUM_BILLS);

  /** @param {GatewayEvent} event Others than metrics and changes of engagement are ignored. */
  record({ billId, metrics, updates }) {
    if (billId === null) return;
    if (metrics !== null) this.#take(billId, metrics);
    for (const update of updates)
      if (update.type === 'engagement_change') this.#take(billId, update.data);
  }

  /**
   * @param {string} billId
   * @returns {boolean} False when it was forgotten, or nothing of it was recorded.
   */
  has(billId) {
    return this.#measures.get(billId) !== undefined;
  }

  /**
   * @param {string} billId
   * @param {Fields | null} saved
   */
  restore(billId, saved) {
    this.#measures.set(billId, { ...saved });
  }

  /**
   * @param {string} billId
   * @returns {Fields}
   */
  save(billId) {
    return this.of(billId);
  }

  /**
   * @param {string} billId
   * @returns {Fields} By name in snake_case, as far as they are known.
   */
  of(billId) {
    return this.#measures.get(billId) ?? {};
  }

  /**
   * @param {string | number} billId
   * @returns {number}
   */
  comments(billId) {
    const count = this.of(String(billId))[COMMENTS];
    return typeof count === 'number' ? count : 0;
  }

  /**
   * @param {string | number} billId
   * @param {number} change
   * @returns {number} The count after it, never below 0.
   */
  changeComments(billId, change) {
    const count = Math.max(0, this.comments(billId) + change);
    this.#measures.set(String(billId), { ...this.of(String(billId)), [COMMENTS]: count });
    return count;
  }

  /**
   * @param {string} billId
   * @param {Fields} counts
   */
  #take(billId, counts) {
    const measures = { ...this.of(billId) };
    for (const name of METRIC_NAMES) {
      const value = readField(counts, name);
      if (value !== undefined) measures[name] = value;
    }
    this.#measures.set(billId, measures);
  }
}
