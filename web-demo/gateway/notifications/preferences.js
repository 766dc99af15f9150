/** What each user wants of notifications, as their page keeps it: an object of the page's own making. */

import { BoundedMap } from '../bounded-map.js';

/** @typedef {import('../fields.js').Fields} Fields */

const MAXIMUM_USERS = 10_000;

export class Preferences {
  /** @type {BoundedMap<string, Fields>} By user id. */
  #byUser = new BoundedMap(MAXIMUM_USERS);

  /**
   * @param {string} userId
   * @returns {Fields} Empty before the first change.
   */
  of(userId) {
    return this.#byUser.get(userId) ?? {};
  }

  /**
   * @param {string} userId
   * @param {Fields} changes Members that are not named stay.
   * @returns {Fields} All of them.
   */
  update(userId, changes) {
    const preferences = { ...this.of(userId), ...changes };
    this.#byUser.set(userId, preferences);
    return preferences;
  }

  /** @param {string} userId */
  forget(userId) {
    this.#byUser.delete(userId);
  }
}
