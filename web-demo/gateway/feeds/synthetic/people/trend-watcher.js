/** Tells which bill is talked about most, and where the votes of a discussion lean another way than before. */

import { isoNow } from '../../../clock.js';

/** @typedef {import('../crowd.js').Surroundings} Surroundings */

const TREND_MS = /** @type {const} */ ([20_000, 45_000]);
const CONSENSUS_MS = /** @type {const} */ ([15_000, 40_000]);
const FEWEST_VOTES = 3;
const SMALLEST_CHANGE = 0.05;

export class TrendWatcher {
  #random;
  #surroundings;
  /** Comments of each bill when it was last looked at. @type {Map<number, number>} */
  #commentsBefore = new Map();
  /** Share of support when it was last told. @type {Map<number, number>} */
  #supportBefore = new Map();

  /**
   * @param {import('../random.js').Random} random
   * @param {Surroundings} surroundings
   */
  constructor(random, surroundings) {
    this.#random = random;
    this.#surroundings = surroundings;
  }

  begin() {
    this.#repeat(TREND_MS, () => this.#tellTrend());
    this.#repeat(CONSENSUS_MS, () => this.#tellConsensus());
  }

  /**
   * @param {readonly [number, number]} pauseMs
   * @param {() => void} action
   */
  #repeat(pauseMs, action) {
    this.#surroundings.schedule.after(this.#random.whole(...pauseMs), () => {
      action();
      this.#repeat(pauseMs, action);
    });
  }

  #tellTrend() {
    const { community, bills } = this.#surroundings;
    const ranked = bills
      .map((bill) => {
        const comments = community.discussions.commentsMade(String(bill.id));
        const newComments = comments - (this.#commentsBefore.get(bill.id) ?? 0);
        this.#commentsBefore.set(bill.id, comments);
        return { bill, newComments };
      })
      .filter(({ newComments }) => newComments > 0)
      .sort((a, b) => b.newComments - a.newComments);
    const [first] = ranked;
    if (first === undefined) return;
    const { bill, newComments } = first;
    this.#tell(bill.id, 'trending_topic', {
      topic: bill.title,
      new_comments: newComments,
      text: `${bill.number} is talked about: ${newComments} new ${newComments === 1 ? 'comment' : 'comments'}`,
    });
  }

  #tellConsensus() {
    const { community, bills } = this.#surroundings;
    for (const bill of bills) {
      const tally = community.discussions.tally(String(bill.id));
      const votes = tally.support + tally.oppose + tally.neutral;
      if (votes < FEWEST_VOTES) continue;
      const support = Math.round((tally.support / votes) * 100) / 100;
      const previous = this.#supportBefore.get(bill.id) ?? null;
      if (previous !== null && Math.abs(support - previous) < SMALLEST_CHANGE) continue;
      this.#supportBefore.set(bill.id, support);
      this.#tell(bill.id, 'consensus_change', {
        ...tally,
        support_share: support,
        previous_share: previous,
        text: `${Math.round(support * 100)} % of ${votes} votes support ${bill.number}`,
      });
      return;
    }
  }

  /**
   * @param {number} billId
   * @param {string} type
   * @param {import('../../../events/fields.js').Fields} data
   */
  #tell(billId, type, data) {
    this.#surroundings.publish({
      type: 'community_update',
      bill_id: billId,
      update: { type, data: { ...data, simulated: true } },
      timestamp: isoNow(this.#surroundings.clock),
    });
  }
}
