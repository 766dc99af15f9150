/** Documents in memory, for one gateway. Bounded: the one that was not changed for the longest time makes room. */

import { BoundedMap } from '../bounded-map.js';

const MAXIMUM_DOCUMENTS = 10_000;

/** @typedef {import('./documents.js').Documents} Documents */

/** @implements {Documents} */
export class MemoryDocuments {
  /** @type {BoundedMap<string, import('./documents.js').Document>} */
  #documents = new BoundedMap(MAXIMUM_DOCUMENTS);

  /** @type {import('./documents.js').Documents['changed']} */
  changed = () => {};

  /** @param {string} name */
  get(name) {
    return this.#documents.get(name) ?? null;
  }

  /**
   * @param {string} name
   * @param {unknown} value
   * @param {number} revision
   */
  put(name, value, revision) {
    if ((this.#documents.get(name)?.revision ?? 0) !== revision) return false;
    this.#documents.set(name, { value, revision: revision + 1 });
    this.changed(value);
    return true;
  }
}
