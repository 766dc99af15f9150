/** All simulated bills, and the choice of which one something happens to next. Deterministic by seed. */

import { Measures } from '../../community/measures.js';
import { isoTime } from '../../clock.js';
import { Random } from './random.js';
import { SimulatedBill } from './simulated-bill.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */

export class Legislature {
  #random;
  #bills;
  /** @type {number[]} Running sums of the bills' attention. */
  #attentionUpTo = [];

  /**
   * @param {number} seed
   * @param {number} billCount Bills have the ids 1 to this.
   * @param {Measures} [measures] Shared with whoever else comments.
   */
  constructor(seed, billCount, measures = new Measures()) {
    this.#random = new Random(seed);
    this.#bills = Array.from(
      { length: billCount },
      (_unused, index) => new SimulatedBill(index + 1, this.#random, measures),
    );
    let total = 0;
    for (const bill of this.#bills) this.#attentionUpTo.push((total += bill.attention));
  }

  /** @returns {import('../../bills.js').BillDescription[]} */
  describeBills() {
    return this.#bills.map(({ id, number, title, sponsor, committee, status }) => ({
      id,
      number,
      title,
      source: 'synthetic',
      status,
      sponsor,
      committee,
    }));
  }

  /**
   * @param {number} nowMs
   * @returns {Fields[]} Where every bill stands when the simulation begins.
   */
  opening(nowMs) {
    const timestamp = isoTime(nowMs);
    return this.#bills.flatMap((bill) => [
      { type: 'bill_update', bill_id: bill.id, update: bill.openingUpdate(), timestamp },
      { type: 'engagement_metrics', bill_id: bill.id, metrics: bill.metrics(), timestamp },
    ]);
  }

  /**
   * @param {number} nowMs
   * @returns {Fields} The next message.
   */
  next(nowMs) {
    const bill = this.#pickBill();
    const happening = bill.next(nowMs);
    const timestamp = isoTime(nowMs);
    return 'update' in happening
      ? { type: 'bill_update', bill_id: bill.id, update: happening.update, timestamp }
      : { type: 'engagement_metrics', bill_id: bill.id, metrics: happening.metrics, timestamp };
  }

  #pickBill() {
    const sums = this.#attentionUpTo;
    const point = this.#random.fraction() * /** @type {number} */ (sums.at(-1));
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (sums[middle]) > point) high = middle;
      else low = middle + 1;
    }
    return /** @type {SimulatedBill} */ (this.#bills[low]);
  }
}
