/** Which streams somebody here wants: the bus brings each once, however many want it, for as long as anybody does. */

/**
 * @typedef {object} Wanted
 * @property {number} times By how many topics, or by how many clients of an audience.
 * @property {Promise<void> | null} ready Settles when the bus brings it; null: it does.
 */

export class WantedStreams {
  /** By stream and audience. @type {Map<string, Wanted>} */
  #wanted = new Map();
  #bus;

  /** @param {Pick<import('../bus/bus.js').Bus, 'follow' | 'unfollow'>} bus */
  constructor(bus) {
    this.#bus = bus;
  }

  /**
   * @param {string} stream
   * @param {string | null} audience
   * @returns {Promise<void> | null} Settles when the bus brings what is published from now on; null: now.
   */
  ready(stream, audience) {
    return this.#wanted.get(keyOf(stream, audience))?.ready ?? null;
  }

  /**
   * @param {string} stream
   * @param {string | null} audience
   */
  want(stream, audience) {
    const key = keyOf(stream, audience);
    const known = this.#wanted.get(key);
    if (known !== undefined) {
      known.times += 1;
      return;
    }
    /** @type {Wanted} */
    const wanted = { times: 1, ready: null };
    this.#wanted.set(key, wanted);
    const following = this.#bus.follow(stream, audience);
    if (!(following instanceof Promise)) return;
    wanted.ready = following.finally(() => {
      wanted.ready = null;
    });
    // Who waits for it is told; a client of v1 does not wait.
    wanted.ready.catch(() => {});
  }

  /**
   * @param {string} stream
   * @param {string | null} audience
   */
  wantNoMore(stream, audience) {
    const key = keyOf(stream, audience);
    const wanted = this.#wanted.get(key);
    if (wanted === undefined || (wanted.times -= 1) > 0) return;
    this.#wanted.delete(key);
    this.#bus.unfollow(stream, audience);
  }
}

/**
 * @param {string} stream
 * @param {string | null} audience
 */
function keyOf(stream, audience) {
  return audience === null ? stream : `${stream} ${audience}`;
}
