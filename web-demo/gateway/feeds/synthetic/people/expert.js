/** One simulated expert: joins a discussion, which is announced, types an assessment, and leaves. */

import { isoNow } from '../../../clock.js';
import { ANALYSES, EXPERTS } from '../vocabulary.js';

/** @typedef {import('../crowd.js').Surroundings} Surroundings */

const ABSENCE_MS = /** @type {const} */ ([12_000, 70_000]);
const READING_MS = /** @type {const} */ ([3000, 6000]);
const TYPING_STEPS = /** @type {const} */ ([2, 4]);
const TYPING_REPEAT_MS = 2500;

export class Expert {
  #random;
  #surroundings;
  #organisation;

  /**
   * @param {number} index
   * @param {import('../random.js').Random} random
   * @param {Surroundings} surroundings
   */
  constructor(index, random, surroundings) {
    this.#random = random;
    this.#surroundings = surroundings;
    const [name = '', organisation = ''] = EXPERTS[index % EXPERTS.length] ?? [];
    this.#organisation = organisation;
    /** @type {import('../../../access/users.js').User} */
    this.user = { id: `simulated-expert-${index + 1}`, name, isGuest: false };
  }

  begin() {
    this.#surroundings.schedule.after(this.#random.whole(...ABSENCE_MS), () => this.#join());
  }

  #join() {
    const { schedule, publish, clock, bills } = this.#surroundings;
    const billId = String(this.#random.pick(bills).id);
    const summary = `${this.user.name}, ${this.#organisation}, joined the discussion`;
    const data = this.#describe({ text: summary });
    const timestamp = isoNow(clock);
    publish({
      type: 'community_update',
      bill_id: Number(billId),
      update: { type: 'expert_joined', data: { expert_id: this.user.id, ...data } },
      timestamp,
    });
    this.#tell(billId, 'joined', summary);
    schedule.after(this.#random.whole(...READING_MS), () =>
      this.#type(billId, this.#random.whole(...TYPING_STEPS)),
    );
  }

  /**
   * @param {string} billId
   * @param {number} steps
   */
  #type(billId, steps) {
    const { schedule, community } = this.#surroundings;
    if (steps > 0) {
      community.typing.start(this, billId, null);
      schedule.after(TYPING_REPEAT_MS, () => this.#type(billId, steps - 1));
      return;
    }
    const text = this.#random.pick(ANALYSES);
    const data = this.#describe({ text, expert: true });
    community.comment(this, { billId, action: 'created', parentId: null, data });
    this.#tell(billId, 'commented', text);
    this.begin();
  }

  /**
   * @param {string} billId
   * @param {string} action
   * @param {string} summary
   */
  #tell(billId, action, summary) {
    this.#surroundings.publish({
      type: 'expert_activity',
      expert_id: this.user.id,
      bill_id: Number(billId),
      data: this.#describe({ action, summary }),
      timestamp: isoNow(this.#surroundings.clock),
    });
  }

  /** @param {import('../../../events/fields.js').Fields} more */
  #describe(more) {
    const { name } = this.user;
    return { ...more, name, organisation: this.#organisation, simulated: true };
  }
}
