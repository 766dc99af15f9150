/**
 * What each user wants of notifications, as their page keeps it: an object of the page's own making. They
 * are kept with the bus, so that every gateway has the same; those of a guest end with its connection.
 */

import { BoundedMap } from '../bounded-map.js';
import { MOST_ATTEMPTS } from '../bus/documents.js';
import { BusUnavailable } from '../bus/unavailable.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../access/users.js').User} User */
/** @typedef {{ user: string, by: string, preferences: Fields }} Stored Whose, and changed by which connection. */

const MAXIMUM_GUESTS = 10_000;
const RETRY_AFTER_MS = 5000;

export class Preferences {
  #documents;
  /** The last change of each user that is under way here. @type {Map<string, Promise<Fields>>} */
  #changing = new Map();
  /** @type {BoundedMap<string, Fields>} By user id. */
  #ofGuests = new BoundedMap(MAXIMUM_GUESTS);

  /** Told of every change, also at other gateways. @type {(userId: string, preferences: Fields, by: string) => void} */
  onChange = () => {};

  /** @param {import('../bus/documents.js').Documents} documents */
  constructor(documents) {
    this.#documents = documents;
    documents.changed = (value) => {
      const { user, preferences, by } = /** @type {Stored} */ (value);
      this.onChange(user, preferences, by);
    };
  }

  /**
   * @param {User} user
   * @returns {Fields | Promise<Fields>} Empty before the first change.
   */
  of({ id, isGuest }) {
    if (isGuest) return this.#ofGuests.get(id) ?? {};
    const found = this.#documents.get(id);
    return found instanceof Promise ? found.then(preferencesIn) : preferencesIn(found);
  }

  /**
   * @param {User} user
   * @param {string} by The connection that changes them.
   * @param {(before: Fields) => Fields} change May be asked again, and may throw.
   * @returns {Fields | Promise<Fields>} All of them.
   */
  update({ id, isGuest }, by, change) {
    if (isGuest) {
      const preferences = change(this.#ofGuests.get(id) ?? {});
      this.#ofGuests.set(id, preferences);
      return preferences;
    }
    const before = this.#changing.get(id);
    const begin = () => this.#change(id, by, change, MOST_ATTEMPTS);
    const changing = before === undefined ? begin() : before.then(begin, begin);
    if (!(changing instanceof Promise)) return changing;
    this.#changing.set(id, changing);
    const end = () => {
      if (this.#changing.get(id) === changing) this.#changing.delete(id);
    };
    changing.then(end, end);
    return changing;
  }

  /** @param {string} userId */
  forget(userId) {
    this.#ofGuests.delete(userId);
  }

  /**
   * @param {string} user
   * @param {string} by
   * @param {(before: Fields) => Fields} change
   * @param {number} attempts
   * @returns {Fields | Promise<Fields>}
   */
  #change(user, by, change, attempts) {
    if (attempts === 0)
      throw new BusUnavailable(
        'preferences are changed by others at the same time',
        RETRY_AFTER_MS,
      );
    const found = this.#documents.get(user);
    /** @param {import('../bus/documents.js').Document | null} document */
    const put = (document) => {
      const preferences = change(preferencesIn(document));
      const isPut = this.#documents.put(user, { user, by, preferences }, document?.revision ?? 0);
      /** @param {boolean} done */
      const answer = (done) => (done ? preferences : this.#change(user, by, change, attempts - 1));
      return isPut instanceof Promise ? isPut.then(answer) : answer(isPut);
    };
    return found instanceof Promise ? found.then(put) : put(found);
  }
}

/**
 * @param {import('../bus/documents.js').Document | null} document
 * @returns {Fields}
 */
function preferencesIn(document) {
  return /** @type {Stored | null} */ (document?.value ?? null)?.preferences ?? {};
}
