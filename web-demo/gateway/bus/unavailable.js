/** Why something cannot be done now that can be done later. */

export class BusUnavailable extends Error {
  /** @override */
  name = 'BusUnavailable';

  /**
   * @param {string} message What is wrong, for people.
   * @param {number} retryAfterMs When it may work again.
   */
  constructor(message, retryAfterMs) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}
