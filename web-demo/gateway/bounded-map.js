/**
 * A map that never holds more than so many entries: the one not touched for the longest time makes room.
 *
 * @template Key
 * @template Value
 */
export class BoundedMap {
  /** @type {Map<Key, Value>} */
  #entries = new Map();
  #capacity;

  /** @param {number} capacity */
  constructor(capacity) {
    this.#capacity = capacity;
  }

  get size() {
    return this.#entries.size;
  }

  /**
   * @param {Key} key
   * @returns {Value | undefined}
   */
  get(key) {
    return this.#entries.get(key);
  }

  /**
   * @param {Key} key
   * @param {Value} value
   */
  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /**
   * @param {Key} key
   * @param {() => Value} create
   * @returns {Value} What is there, or was created now; touched either way.
   */
  getOrSet(key, create) {
    const value = this.#entries.get(key) ?? create();
    this.set(key, value);
    return value;
  }

  /** @param {Key} key */
  delete(key) {
    this.#entries.delete(key);
  }

  /** @returns {IterableIterator<[Key, Value]>} Untouched longest first. */
  entries() {
    return this.#entries.entries();
  }

  /** @returns {IterableIterator<Value>} Untouched longest first. */
  values() {
    return this.#entries.values();
  }
}
