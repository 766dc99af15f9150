/**
 * Brings along those who are behind, in turns and a little at a time, so that many who come back together
 * neither hold up the others nor each other.
 */

import { BusUnavailable } from '../../bus/unavailable.js';

/** @typedef {import('./cursors.js').Cursors} Cursors */

const BUDGET_MS = 8;
/** Between a failure of the bus and the next attempt. */
const PATIENCE_MS = 1000;

export class CatchUp {
  /** @type {Set<Cursors>} */
  #waiting = new Set();
  /** Those whose slice the bus still has to bring. @type {Set<Cursors>} */
  #underway = new Set();
  #isScheduled = false;
  #clock;
  #logger;

  /**
   * @param {import('../../clock.js').Clock} clock
   * @param {import('../../logging/logger.js').Logger} logger
   */
  constructor(clock, logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** @param {Cursors} cursors */
  add(cursors) {
    if (this.#underway.has(cursors)) return;
    this.#waiting.add(cursors);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn() {
    this.#isScheduled = false;
    const endMs = this.#clock.now() + BUDGET_MS;
    const waiting = [...this.#waiting];
    for (const [index, cursors] of waiting.entries()) {
      if (index > 0 && this.#clock.now() >= endMs) break;
      this.#waiting.delete(cursors);
      this.#advance(cursors);
    }
    const [next] = this.#waiting;
    if (next !== undefined && !this.#isScheduled) this.add(next);
  }

  /** @param {Cursors} cursors */
  #advance(cursors) {
    const advancing = cursors.advance();
    if (advancing === undefined) return;
    this.#underway.add(cursors);
    const goOn = () => {
      this.#underway.delete(cursors);
      cursors.drained();
    };
    advancing.then(goOn, (error) => {
      // The bus says itself that it cannot, once.
      if (!(error instanceof BusUnavailable))
        this.#logger.error(`history could not be read: ${error.message}`);
      this.#clock.setTimeout(goOn, PATIENCE_MS);
    });
  }
}
