/**
 * Who may come in: browsers from allowed origins, programs without an Origin, and where a token is
 * required, those who know it, while its time lasts. Tokens are compared in constant time and never
 * written anywhere.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { systemClock } from '../clock.js';
import { Tokens, nameIn } from './tokens.js';

/**
 * @typedef {object} Judgement
 * @property {'accepted' | 'refused' | 'expired'} verdict
 * @property {number | null} expiresMs When the token's time is over.
 */

export class Admission {
  #origins;
  #tokenDigest;
  #tokens;
  #clock;

  /**
   * @param {string[]} allowOrigins Origins such as `http://localhost:5173`; `*` allows every one.
   * @param {string | null} requireToken
   * @param {import('../clock.js').Clock} [clock]
   * @param {number | null} [tokenLifetimeMs] Of tokens that do not state their end; null: no end.
   */
  constructor(allowOrigins, requireToken, clock = systemClock, tokenLifetimeMs = null) {
    this.#origins = new Set(allowOrigins.flatMap(withLoopbackNames));
    this.#tokenDigest = requireToken === null ? null : digest(requireToken);
    this.#tokens = new Tokens(tokenLifetimeMs, clock);
    this.#clock = clock;
  }

  get requiresToken() {
    return this.#tokenDigest !== null;
  }

  /**
   * @param {string | undefined} origin The Origin header; programs send none.
   * @returns {boolean}
   */
  allowsOrigin(origin) {
    return (
      origin === undefined || this.#origins.has('*') || this.#origins.has(origin.toLowerCase())
    );
  }

  /**
   * @param {unknown} token
   * @returns {boolean} True when the token is right and not expired, or none is required.
   */
  acceptsToken(token) {
    return this.judge(token).verdict === 'accepted';
  }

  /**
   * @param {unknown} token
   * @returns {Judgement}
   */
  judge(token) {
    if (typeof token !== 'string' || token === '')
      return { verdict: this.requiresToken ? 'refused' : 'accepted', expiresMs: null };
    if (!this.#isRight(token)) return { verdict: 'refused', expiresMs: null };
    const expiresMs = this.#tokens.expiresMs(token);
    const isOver = expiresMs !== null && expiresMs <= this.#clock.now();
    return { verdict: isOver ? 'expired' : 'accepted', expiresMs };
  }

  /** @param {string} token */
  #isRight(token) {
    const required = this.#tokenDigest;
    if (required === null) return true;
    const whole = timingSafeEqual(digest(token), required);
    return timingSafeEqual(digest(nameIn(token)), required) || whole;
  }
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest();
}

/**
 * @param {string} origin
 * @returns {string[]} `localhost`, `127.0.0.1` and `[::1]` are the same machine.
 */
function withLoopbackNames(origin) {
  if (origin === '*') return ['*'];
  const url = new URL(origin);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  if (!names.includes(url.hostname)) return [url.origin];
  return names.map((name) => `${url.protocol}//${name}${url.port === '' ? '' : `:${url.port}`}`);
}
