/**
 * Even pacing at any rate: messages leave in slices a few milliseconds apart, and a slice that takes
 * too long gives way to the sockets. After a stall the backlog is cut, never sent as one burst.
 */

const SLICE_MS = 2;
const SLICE_BUDGET_MS = 8;
const BUDGET_CHECK_EVERY = 32;
const LONGEST_BACKLOG_MS = 100;

/**
 * @typedef {object} PacerOptions
 * @property {number} rate Messages per second; 0 is none.
 * @property {import('../clock.js').Clock} clock
 * @property {() => void} emit Makes and publishes one message.
 * @property {(count: number) => void} skipped Told how many messages a backlog was cut by.
 * @property {(work: () => void) => void} together Runs one slice.
 */

export class Pacer {
  #options;
  #rate;
  #startMs = 0;
  #emitted = 0;
  /** @type {unknown} */
  #timer = null;
  /** @type {((error: unknown) => void) | null} Set while it runs. */
  #fail = null;

  /** @param {PacerOptions} options */
  constructor(options) {
    this.#options = options;
    this.#rate = options.rate;
  }

  get rate() {
    return this.#rate;
  }

  /** May change at any time; what was due before is forgotten. */
  set rate(rate) {
    this.#rate = rate;
    if (this.#fail === null) return;
    this.#options.clock.clearTimeout(this.#timer);
    this.#begin();
  }

  /**
   * @param {AbortSignal} signal Ends it.
   * @returns {Promise<void>} Settles when aborted; rejects with what `emit` throws.
   */
  run(signal) {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return resolve();
      const end = () => {
        this.#options.clock.clearTimeout(this.#timer);
        this.#fail = null;
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      this.#fail = (error) => {
        signal.removeEventListener('abort', end);
        this.#fail = null;
        reject(error);
      };
      this.#begin();
    });
  }

  #begin() {
    this.#startMs = this.#options.clock.now();
    this.#emitted = 0;
    if (this.#rate > 0) this.#slice();
  }

  #slice() {
    const { clock, skipped, together } = this.#options;
    const rate = this.#rate;
    const nowMs = clock.now();
    let due = Math.floor(((nowMs - this.#startMs) * rate) / 1000 + 1e-6);
    const most = this.#emitted + Math.max(1, Math.ceil((rate * LONGEST_BACKLOG_MS) / 1000));
    if (due > most) {
      skipped(due - most);
      this.#startMs += ((due - most) * 1000) / rate;
      due = most;
    }
    try {
      if (due > this.#emitted) together(() => this.#emitUntil(due, nowMs + SLICE_BUDGET_MS));
    } catch (error) {
      this.#fail?.(error);
      return;
    }
    // Whoever was told of a message may have changed the rate, or ended it.
    if (this.#fail === null || this.#rate !== rate) return;
    const nextDueMs = this.#startMs + ((this.#emitted + 1) * 1000) / rate;
    const isBehind = this.#emitted < due;
    const delayMs = isBehind ? 0 : Math.max(SLICE_MS, Math.ceil(nextDueMs - nowMs));
    this.#timer = clock.setTimeout(() => this.#slice(), delayMs);
  }

  /**
   * @param {number} due
   * @param {number} budgetEndMs
   */
  #emitUntil(due, budgetEndMs) {
    const { clock, emit } = this.#options;
    for (let count = 1; this.#emitted < due; count += 1) {
      emit();
      this.#emitted += 1;
      if (count % BUDGET_CHECK_EVERY === 0 && clock.now() >= budgetEndMs) return;
    }
  }
}
