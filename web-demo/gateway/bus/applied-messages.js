/**
 * Which messages of pages have taken effect, so that one that is sent again does not take effect twice.
 * Each is remembered for `KEPT_MS`; whoever sends more than can be remembered is told to come back later.
 * A second implementation may share this between gateways; `once` may answer with a promise.
 */

/** Longer than the ten minutes that are promised. */
const KEPT_MS = 11 * 60_000;
const MAXIMUM_MESSAGES = 200_000;
const MAXIMUM_OF_USER = 20_000;

/** More messages than can be remembered; nothing of this one was done. */
export class TooManyMessages extends Error {
  /** @param {number} retryAfterMs When there is room again. */
  constructor(retryAfterMs) {
    super('more messages than can be remembered; allowed: later again');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * @typedef {object} Applied
 * @property {string} userId
 * @property {number} atMs
 * @property {Promise<void> | null} underway Settles when it has taken effect; null: it has.
 */

export class AppliedMessages {
  /** By user and message, oldest first. @type {Map<string, Applied>} */
  #applied = new Map();
  /** @type {Map<string, number>} */
  #countByUser = new Map();
  #clock;
  #maximum;
  #maximumOfUser;
  /** Messages that had taken effect before. */
  duplicates = 0;

  /**
   * @param {import('../clock.js').Clock} clock
   * @param {{ maximum?: number, maximumOfUser?: number }} [limits]
   */
  constructor(clock, { maximum = MAXIMUM_MESSAGES, maximumOfUser = MAXIMUM_OF_USER } = {}) {
    this.#clock = clock;
    this.#maximum = maximum;
    this.#maximumOfUser = maximumOfUser;
  }

  get size() {
    return this.#applied.size;
  }

  /**
   * Does the work, unless this user's message was applied before. A message whose work throws or
   * rejects was not applied.
   * @param {string} userId
   * @param {string} messageId
   * @param {() => Promise<void> | null} work Null: it has taken effect already.
   * @returns {Promise<void> | null} Settles when it has taken effect, now or before.
   * @throws {TooManyMessages}
   */
  once(userId, messageId, work) {
    this.#forgetOld();
    const key = `${userId}\n${messageId}`;
    const before = this.#applied.get(key);
    if (before !== undefined) {
      this.duplicates += 1;
      return before.underway;
    }
    this.#checkRoom(userId);
    const working = work();
    const applied = { userId, atMs: this.#clock.now(), underway: working };
    this.#applied.set(key, applied);
    this.#countByUser.set(userId, (this.#countByUser.get(userId) ?? 0) + 1);
    working?.then(
      () => {
        applied.underway = null;
      },
      () => {
        if (this.#applied.get(key) === applied) this.#forget(key, userId);
      },
    );
    return working;
  }

  #forgetOld() {
    const oldest = this.#clock.now() - KEPT_MS;
    for (const [key, { atMs, userId }] of this.#applied) {
      if (atMs > oldest) return;
      this.#forget(key, userId);
    }
  }

  /** @param {string} userId */
  #checkRoom(userId) {
    const isFull = this.#applied.size >= this.#maximum;
    if (!isFull && (this.#countByUser.get(userId) ?? 0) < this.#maximumOfUser) return;
    for (const applied of this.#applied.values())
      if (isFull || applied.userId === userId)
        throw new TooManyMessages(Math.max(1, applied.atMs + KEPT_MS - this.#clock.now()));
  }

  /**
   * @param {string} key
   * @param {string} userId
   */
  #forget(key, userId) {
    this.#applied.delete(key);
    const count = (this.#countByUser.get(userId) ?? 1) - 1;
    if (count === 0) this.#countByUser.delete(userId);
    else this.#countByUser.set(userId, count);
  }
}
