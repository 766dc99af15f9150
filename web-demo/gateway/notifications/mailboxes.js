/**
 * The notifications of each user, newest `MAXIMUM_NOTIFICATIONS`: their own and those for everybody,
 * together with what they have read and cleared. It records what is published and never publishes.
 */

import { BoundedMap } from '../bounded-map.js';

/** @typedef {import('../events/fields.js').Fields} Fields */

export const MAXIMUM_NOTIFICATIONS = 100;
const MAXIMUM_USERS = 10_000;
const MAXIMUM_MARKS = 1000;

/**
 * @typedef {object} KeptNotification
 * @property {number} order
 * @property {string} id
 * @property {Fields} message
 * @property {number} expiresMs Infinity without an end.
 */

/**
 * What a user did to their notifications. Notifications up to an order are marked all at once.
 * @typedef {object} Marks
 * @property {BoundedMap<string, true>} ids
 * @property {number} upTo
 */

/** @typedef {{ own: KeptNotification[], read: Marks, cleared: Marks }} Mailbox */

export class Mailboxes {
  /** @type {KeptNotification[]} */
  #forEverybody = [];
  #everybodyRead = emptyMarks();
  #everybodyCleared = emptyMarks();
  /** @type {BoundedMap<string, Mailbox>} By user id. */
  #mailboxes = new BoundedMap(MAXIMUM_USERS);
  #order = 0;

  /** @param {import('../events/event.js').GatewayEvent} event Others than the three about notifications are ignored. */
  record({ type, fields, message, userId }) {
    if (type === 'notification') {
      const list = userId === null ? this.#forEverybody : this.#of(userId).own;
      const id = String(fields.id);
      const known = list.findIndex((kept) => kept.id === id);
      if (known >= 0) list.splice(known, 1);
      this.#order += 1;
      list.push({ order: this.#order, id, message, expiresMs: momentOf(fields.expires_at) });
      if (list.length > MAXIMUM_NOTIFICATIONS) list.shift();
    }
    if (type !== 'notification_read' && type !== 'notification_clear') return;
    const isRead = type === 'notification_read';
    const everybody = isRead ? this.#everybodyRead : this.#everybodyCleared;
    const own = userId === null ? null : this.#of(userId);
    const marks = own === null ? everybody : isRead ? own.read : own.cleared;
    if (fields.clear_all === true) marks.upTo = this.#order;
    else marks.ids.set(String(fields.notification_id), true);
  }

  /**
   * @param {string} userId
   * @param {number} nowMs
   * @returns {Fields[]} As they are sent again, oldest first; what was read says so.
   */
  replay(userId, nowMs) {
    const { own, read, cleared } = this.#mailboxes.get(userId) ?? emptyMailbox();
    return [...this.#forEverybody, ...own]
      .filter((kept) => kept.expiresMs > nowMs)
      .filter((kept) => !isMarked(kept, cleared) && !isMarked(kept, this.#everybodyCleared))
      .sort((a, b) => a.order - b.order)
      .slice(-MAXIMUM_NOTIFICATIONS)
      .map((kept) => {
        const isRead = isMarked(kept, read) || isMarked(kept, this.#everybodyRead);
        return again(kept.message, isRead);
      });
  }

  /**
   * Whoever was known for one connection only is gone.
   * @param {string} userId
   */
  forget(userId) {
    this.#mailboxes.delete(userId);
  }

  /** @param {string} userId */
  #of(userId) {
    return this.#mailboxes.getOrSet(userId, emptyMailbox);
  }
}

/**
 * @param {Fields} message
 * @param {boolean} isRead
 * @returns {Fields}
 */
function again(message, isRead) {
  const replay = { ...message, history: true };
  if (!isRead) return replay;
  const nested = /** @type {Fields | undefined} */ (message.notification);
  return nested === undefined
    ? { ...replay, read: true }
    : { ...replay, notification: { ...nested, read: true } };
}

/** @returns {Mailbox} */
function emptyMailbox() {
  return { own: [], read: emptyMarks(), cleared: emptyMarks() };
}

/** @returns {Marks} */
function emptyMarks() {
  return { ids: new BoundedMap(MAXIMUM_MARKS), upTo: 0 };
}

/**
 * @param {KeptNotification} kept
 * @param {Marks} marks
 */
function isMarked(kept, marks) {
  return kept.order <= marks.upTo || marks.ids.get(kept.id) === true;
}

/** @param {unknown} value */
function momentOf(value) {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : Infinity;
}
