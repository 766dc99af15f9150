/**
 * The simulated people: citizens, experts, a moderator, someone who watches trends and someone who
 * notifies. Each has random numbers of their own, so that what they do depends neither on the rate of
 * bill updates nor on each other, except where they talk to each other and to visitors.
 */

import { Expert } from './people/expert.js';
import { Moderator } from './people/moderator.js';
import { Notifier } from './people/notifier.js';
import { Person } from './people/person.js';
import { Random } from './random.js';
import { Schedule } from './schedule.js';
import { TrendWatcher } from './people/trend-watcher.js';
import { EXPERTS } from './vocabulary.js';

/**
 * What every simulated person works with.
 * @typedef {object} Surroundings
 * @property {import('../../clock.js').Clock} clock
 * @property {Schedule} schedule
 * @property {import('../../community/community.js').Community} community
 * @property {(message: import('../../events/fields.js').Fields) => void} publish
 * @property {readonly import('../../bills.js').BillDescription[]} bills
 * @property {(userId: string) => boolean} isVisitor True for people who are not simulated.
 */

const PEOPLE_PER_EXPERT = 10;
const VISITORS_ANSWERED = 0.7;
/** Keeps people's random numbers apart from those of the bills. */
const SEED_STEP = 0x9e3779b1;

export class Crowd {
  #schedule;
  #community;
  #random;
  #isVisitor;
  /** @type {Person[]} */
  #people;
  /** @type {Expert[]} */
  #experts;
  /** @type {{ begin: () => void }[]} */
  #others;

  /**
   * @param {{ people: number, seed: number, bills: import('../../bills.js').BillDescription[] }} options
   * @param {Pick<Surroundings, 'clock' | 'community' | 'publish'>} services
   */
  constructor({ people, seed, bills }, { clock, community, publish }) {
    let streams = 0;
    const random = () => new Random(seed + (streams += 1) * SEED_STEP);
    this.#schedule = new Schedule(clock);
    this.#community = community;
    this.#random = random();
    /** @type {Set<string>} */
    const simulated = new Set();
    this.#isVisitor = (/** @type {string} */ userId) => !simulated.has(userId);
    /** @type {Surroundings} */
    const surroundings = {
      clock,
      schedule: this.#schedule,
      community,
      publish,
      bills,
      isVisitor: this.#isVisitor,
    };
    this.#people = Array.from(
      { length: people },
      (_unused, index) => new Person(index, random(), surroundings),
    );
    this.#experts = Array.from(
      { length: Math.min(EXPERTS.length, Math.ceil(people / PEOPLE_PER_EXPERT)) },
      (_unused, index) => new Expert(index, random(), surroundings),
    );
    for (const { user } of [...this.#people, ...this.#experts]) simulated.add(user.id);
    this.#others = [
      new Moderator(random(), surroundings),
      new TrendWatcher(random(), surroundings),
      new Notifier(random(), surroundings),
    ];
  }

  start() {
    this.#community.onComment = (actor, billId, commentId) => {
      if (this.#isVisitor(actor.user.id)) this.#answer(billId, commentId);
    };
    for (const someone of [...this.#people, ...this.#experts, ...this.#others]) someone.begin();
  }

  stop() {
    this.#community.onComment = () => {};
    this.#schedule.stop();
    for (const someone of [...this.#people, ...this.#experts])
      this.#community.typing.stopAll(someone);
  }

  /**
   * A visitor said something: often one of those who are free answers.
   * @param {string} billId
   * @param {string} commentId
   */
  #answer(billId, commentId) {
    const free = this.#people.filter((person) => person.isFree);
    if (free.length === 0 || this.#random.fraction() >= VISITORS_ANSWERED) return;
    this.#random.pick(free).answer(billId, commentId);
  }
}
