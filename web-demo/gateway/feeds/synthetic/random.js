/**
 * A small seeded generator of pseudo-random numbers: mulberry32 by Tommy Ettinger (public domain),
 * 32 bits of state, period 2^32. Good enough to look alive; not for secrets.
 */
export class Random {
  #state;

  /** @param {number} seed A whole number from 0 to 2^32 - 1. */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** @returns {number} From 0, below 1. */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /**
   * @param {number} minimum
   * @param {number} maximum
   * @returns {number} A whole number, both ends included.
   */
  whole(minimum, maximum) {
    return minimum + Math.floor(this.fraction() * (maximum - minimum + 1));
  }

  /**
   * @template T
   * @param {readonly T[]} list Not empty.
   * @returns {T}
   */
  pick(list) {
    return /** @type {T} */ (list[Math.floor(this.fraction() * list.length)]);
  }

  /**
   * @template {string} T
   * @param {readonly (readonly [T, number])[]} weights Not empty.
   * @returns {T}
   */
  weighted(weights) {
    let total = 0;
    for (const [, weight] of weights) total += weight;
    let rest = this.fraction() * total;
    for (const [value, weight] of weights) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return /** @type {readonly [T, number]} */ (weights[0])[0];
  }
}
