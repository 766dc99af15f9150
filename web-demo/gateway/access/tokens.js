/**
 * What a token says. The part before the first `~` names the user; what follows tells one token of a
 * user from the next, and may state when it expires: `alice~2`, `alice~exp=1767225600`, in seconds since
 * 1970 as in a JSON Web Token. Others live as long as the gateway is told, from when they are first shown.
 */

import { createHash } from 'node:crypto';
import { BoundedMap } from '../bounded-map.js';

const MAXIMUM_TOKENS = 10_000;

/**
 * @param {string} token
 * @returns {string} What names the user.
 */
export function nameIn(token) {
  const [name = ''] = token.split('~', 1);
  return name === '' ? token : name;
}

export class Tokens {
  /** When each was first shown, by digest. @type {BoundedMap<string, number>} */
  #firstShownMs = new BoundedMap(MAXIMUM_TOKENS);
  #lifetimeMs;
  #clock;

  /**
   * @param {number | null} lifetimeMs Null: those that state no end have none.
   * @param {import('../clock.js').Clock} clock
   */
  constructor(lifetimeMs, clock) {
    this.#lifetimeMs = lifetimeMs;
    this.#clock = clock;
  }

  /**
   * @param {string} token
   * @returns {number | null} When its time is over, in milliseconds since 1970.
   */
  expiresMs(token) {
    const [, seconds] = /~exp=(\d{1,12})(?:~|$)/.exec(token) ?? [];
    if (seconds !== undefined) return Number(seconds) * 1000;
    if (this.#lifetimeMs === null || token === '') return null;
    const digest = createHash('sha256').update(token).digest('base64');
    return this.#firstShownMs.getOrSet(digest, () => this.#clock.now()) + this.#lifetimeMs;
  }
}
