/**
 * What is kept here of all lanes: bounded by bytes over all of them, where the one that has been quiet longest
 * gives its up first.
 */

/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('../stream/history.js').History} History */
/** @typedef {import('../../stream-entry.js').StreamEntry} StreamEntry */

export class KeptLanes {
  /** Those that keep something, quiet longest first. @type {Set<Lane>} */
  #keeping = new Set();
  /** Those of which everything that newcomers get is here. @type {WeakSet<Lane>} */
  #whole = new WeakSet();
  #maximumBytes;
  /** @type {import('./lane.js').Tally} */
  tally = { events: 0, bytes: 0, evicted: 0 };

  /** @param {number} maximumBytes */
  constructor(maximumBytes) {
    this.#maximumBytes = maximumBytes;
  }

  /**
   * @param {Lane} lane
   * @param {StreamEntry} entry Its next one.
   */
  keep(lane, entry) {
    lane.keep(entry);
    this.#keeping.delete(lane);
    this.#keeping.add(lane);
    for (const quiet of this.#keeping) {
      if (this.tally.bytes <= this.#maximumBytes) return;
      quiet.clear();
      this.#whole.delete(quiet);
      this.#keeping.delete(quiet);
    }
  }

  /**
   * @param {Lane} lane
   * @param {StreamEntry[]} entries
   * @param {number} after
   */
  prepend(lane, entries, after) {
    if (this.tally.bytes > this.#maximumBytes) return;
    lane.prepend(entries, after);
    this.#keeping.add(lane);
  }

  /**
   * Reads the newest events of a lane, unless they are here.
   * @param {Lane} lane
   * @param {number} count
   * @param {History} history
   */
  async readNewest(lane, count, history) {
    if (lane.size >= count || this.#whole.has(lane)) return;
    const { entries, after } = await history.tail(lane.subject, count);
    this.prepend(lane, entries, after);
    this.#whole.add(lane);
  }

  /** @param {Lane} lane That is another one's history now. */
  forgetNewest(lane) {
    this.#whole.delete(lane);
  }

  /** @param {Lane} lane That is followed no more. */
  forget(lane) {
    lane.clear();
    this.#keeping.delete(lane);
  }
}
