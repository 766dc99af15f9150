/** Closes connections whose token's time is over, unless a fresh one was shown before. */

/** @typedef {import('../connections/client.js').Client} Client */

export const CLOSE_TOKEN_INVALID = 4001;

/** Timers cannot wait for longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export class TokenWatch {
  /** @type {Map<Client, unknown>} */
  #timers = new Map();
  #clock;
  #counters;

  /**
   * @param {import('../clock.js').Clock} clock
   * @param {import('../stats/counters.js').Counters} counters
   */
  constructor(clock, counters) {
    this.#clock = clock;
    this.#counters = counters;
  }

  /**
   * @param {Client} client
   * @param {number | null} expiresMs Of the newest token it showed; null: never.
   */
  watch(client, expiresMs) {
    this.forget(client);
    if (expiresMs === null) return;
    const waitMs = Math.min(Math.max(0, expiresMs - this.#clock.now()), LONGEST_WAIT_MS);
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(client);
      if (this.#clock.now() < expiresMs) {
        this.watch(client, expiresMs);
        return;
      }
      this.#counters.expiredTokens += 1;
      client.close(CLOSE_TOKEN_INVALID, 'token expired');
    }, waitMs);
    this.#timers.set(client, timer);
  }

  /**
   * @param {number | null} expiresMs
   * @returns {number | undefined} How long it still is.
   */
  remainingMs(expiresMs) {
    return expiresMs === null ? undefined : Math.max(0, expiresMs - this.#clock.now());
  }

  /** @param {Client} client */
  forget(client) {
    this.#clock.clearTimeout(this.#timers.get(client));
    this.#timers.delete(client);
  }
}
