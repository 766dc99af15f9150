/**
 * How many connections follow a discussion, told to them when it changes: the first change at once,
 * what follows at most every `PRESENCE_INTERVAL_MS`, and nothing when in the end nothing changed.
 */

export const PRESENCE_INTERVAL_MS = 250;

/**
 * @typedef {object} Told
 * @property {number | null} count What everyone was told last; null when not everyone knows the same.
 * @property {unknown} timer Runs while the interval after a message is not over.
 */

export class Presence {
  /** @type {Map<string, Told>} By bill id; only where somebody is or an interval runs. */
  #told = new Map();
  #clock;
  #countOf;
  #announce;

  /**
   * @param {import('../clock.js').Clock} clock
   * @param {(billId: string) => number} countOf
   * @param {(billId: string, count: number) => void} announce
   */
  constructor(clock, countOf, announce) {
    this.#clock = clock;
    this.#countOf = countOf;
    this.#announce = announce;
  }

  /**
   * Somebody came, left, or only looks.
   * @param {string} billId
   * @returns {boolean} True when everyone was told the count just now.
   */
  changed(billId) {
    const told = this.#told.get(billId) ?? { count: 0, timer: null };
    this.#told.set(billId, told);
    if (told.timer !== null) return false;
    const count = this.#countOf(billId);
    if (count === told.count) {
      if (count === 0) this.#told.delete(billId);
      return false;
    }
    told.count = count;
    told.timer = this.#clock.setTimeout(() => {
      told.timer = null;
      this.changed(billId);
    }, PRESENCE_INTERVAL_MS);
    this.#announce(billId, count);
    return true;
  }

  /**
   * One connection was told a count that others may not know yet.
   * @param {string} billId
   * @param {number} count
   */
  toldOne(billId, count) {
    const told = this.#told.get(billId);
    if (told !== undefined && told.count !== count) told.count = null;
  }
}
