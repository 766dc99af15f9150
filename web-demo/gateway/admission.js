/**
 * Who may come in: browsers from allowed origins, programs without an Origin, and where a token is
 * required, those who know it. Tokens are compared in constant time and never written anywhere.
 */

import { createHash, timingSafeEqual } from 'node:crypto';

export class Admission {
  #origins;
  #tokenDigest;

  /**
   * @param {string[]} allowOrigins Origins such as `http://localhost:5173`; `*` allows every one.
   * @param {string | null} requireToken
   */
  constructor(allowOrigins, requireToken) {
    this.#origins = new Set(allowOrigins.flatMap(withLoopbackNames));
    this.#tokenDigest = requireToken === null ? null : digest(requireToken);
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
   * @returns {boolean} True when the token is right, or none is required.
   */
  acceptsToken(token) {
    if (this.#tokenDigest === null) return true;
    return typeof token === 'string' && timingSafeEqual(digest(token), this.#tokenDigest);
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
