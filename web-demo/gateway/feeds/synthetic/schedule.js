/** The waits of simulated people: all of them end together. */

export class Schedule {
  /** @type {Set<unknown>} */
  #timers = new Set();
  #clock;
  #isOver = false;

  /** @param {import('../../clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * @param {number} delayMs
   * @param {() => void} callback
   */
  after(delayMs, callback) {
    if (this.#isOver) return;
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** Nothing that was scheduled happens any more. */
  stop() {
    this.#isOver = true;
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
  }
}
