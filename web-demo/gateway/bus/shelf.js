/** The newest entries of one stream for one audience, bounded by count and by bytes. */

/** @typedef {import('./stream-entry.js').StreamEntry} StreamEntry */

const COMPACT_AT = 64;

export class Shelf {
  /** Those before `#first` are gone. @type {(StreamEntry | null)[]} */
  #entries = [];
  #first = 0;

  /** @param {number} floor What came before it was put here. */
  constructor(floor) {
    /** Everything after this position is here. */
    this.floor = floor;
    /** The position of the newest entry, here or gone. */
    this.newest = floor;
    this.bytes = 0;
  }

  get size() {
    return this.#entries.length - this.#first;
  }

  /**
   * @param {StreamEntry} entry
   * @param {number} seq
   */
  add(entry, seq) {
    this.#entries.push(entry);
    this.newest = seq;
    this.bytes += entry.event.bytes;
  }

  /**
   * @param {StreamEntry[]} entries Oldest first; those that are here already are left out.
   * @param {number} floor Everything after it, up to what is here, is among them.
   */
  prepend(entries, floor) {
    if (floor >= this.floor) return;
    const older = entries.filter(({ seq }) => Number(seq) <= this.floor && Number(seq) > floor);
    this.#entries.splice(0, this.#first, ...older);
    this.#first = 0;
    this.floor = floor;
    for (const { event } of older) this.bytes += event.bytes;
  }

  /**
   * @param {number} maximumEvents
   * @param {number} maximumBytes
   * @returns {number} How many entries had to go.
   */
  trim(maximumEvents, maximumBytes) {
    let gone = 0;
    while (this.size > maximumEvents || (this.bytes > maximumBytes && this.size > 0)) {
      const entry = /** @type {StreamEntry} */ (this.#entries[this.#first]);
      this.#entries[this.#first] = null;
      this.#first += 1;
      this.bytes -= entry.event.bytes;
      this.floor = /** @type {number} */ (entry.seq);
      gone += 1;
    }
    if (this.#first >= COMPACT_AT && this.#first * 2 >= this.#entries.length) {
      this.#entries.splice(0, this.#first);
      this.#first = 0;
    }
    return gone;
  }

  /**
   * @param {number} after A position.
   * @param {number} limit
   * @returns {StreamEntry[]} Oldest first.
   */
  after(after, limit) {
    let low = this.#first;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Number(this.#entries[middle]?.seq) <= after) low = middle + 1;
      else high = middle;
    }
    return /** @type {StreamEntry[]} */ (this.#entries.slice(low, low + limit));
  }

  /**
   * @param {number} count
   * @returns {StreamEntry[]} The newest, oldest first.
   */
  last(count) {
    const from = Math.max(this.#first, this.#entries.length - count);
    return /** @type {StreamEntry[]} */ (this.#entries.slice(from));
  }
}

/**
 * @param {StreamEntry[][]} lists Each in order.
 * @returns {StreamEntry[]}
 */
export function inOrder(lists) {
  if (lists.length < 2) return lists[0] ?? [];
  return lists.flat().sort((a, b) => Number(a.seq) - Number(b.seq));
}
