/** So much work at a time, in the order in which it was asked for. */

export class Turns {
  #running = 0;
  /** @type {(() => void)[]} */
  #waiting = [];
  #most;

  /** @param {number} most At once. */
  constructor(most) {
    this.#most = most;
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async take(work) {
    if (this.#running >= this.#most)
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
