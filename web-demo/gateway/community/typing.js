/**
 * Who is writing where. Whoever starts is announced, and announced again with every further start, so
 * that pages which expire indicators keep theirs; stopping, leaving and `TYPING_SILENCE_MS` without a
 * start are announced once. A user who writes in two connections stops when both have.
 */

/** @typedef {import('../access/users.js').Actor} Actor */
/** @typedef {import('../events/fields.js').Fields} Fields */

export const TYPING_SILENCE_MS = 6000;

/**
 * @typedef {object} Typist
 * @property {Actor} actor
 * @property {import('../access/users.js').User} user Who the actor was when it started.
 * @property {string} billId
 * @property {string | number | null} parentId
 * @property {unknown} timer
 */

export class Typing {
  /** @type {Map<string, Map<Actor, Typist>>} By bill and parent. */
  #places = new Map();
  /** @type {Map<Actor, Set<Typist>>} */
  #byActor = new Map();
  #clock;
  #announce;

  /**
   * @param {import('../clock.js').Clock} clock
   * @param {(typist: Typist, isTyping: boolean) => void} announce To everyone but the actor.
   */
  constructor(clock, announce) {
    this.#clock = clock;
    this.#announce = announce;
  }

  /**
   * @param {Actor} actor
   * @param {string} billId
   * @param {string | number | null} parentId Null is the discussion itself.
   */
  start(actor, billId, parentId) {
    const key = placeKey(billId, parentId);
    let place = this.#places.get(key);
    if (place === undefined) this.#places.set(key, (place = new Map()));
    let typist = place.get(actor);
    if (typist === undefined) {
      typist = { actor, user: actor.user, billId, parentId, timer: null };
      place.set(actor, typist);
      const own = this.#byActor.get(actor);
      if (own === undefined) this.#byActor.set(actor, new Set([typist]));
      else own.add(typist);
    }
    const started = typist;
    this.#clock.clearTimeout(started.timer);
    started.timer = this.#clock.setTimeout(() => this.#remove(started), TYPING_SILENCE_MS);
    this.#announce(started, true);
  }

  /**
   * @param {Actor} actor
   * @param {string} billId
   * @param {string | number | null} parentId
   */
  stop(actor, billId, parentId) {
    const typist = this.#places.get(placeKey(billId, parentId))?.get(actor);
    if (typist !== undefined) this.#remove(typist);
  }

  /**
   * @param {Actor} actor
   * @param {string} [billId] All discussions without it.
   */
  stopAll(actor, billId) {
    for (const typist of [...(this.#byActor.get(actor) ?? [])])
      if (billId === undefined || typist.billId === billId) this.#remove(typist);
  }

  /**
   * @param {Actor} actor
   * @param {string} billId
   * @param {string | number | null} parentId
   * @returns {boolean}
   */
  isTyping(actor, billId, parentId) {
    return this.#places.get(placeKey(billId, parentId))?.has(actor) ?? false;
  }

  /**
   * @param {Actor} actor
   * @returns {number} In how many places.
   */
  countOf(actor) {
    return this.#byActor.get(actor)?.size ?? 0;
  }

  /**
   * @param {string} billId
   * @returns {Typist[]} Every user once per place.
   */
  typists(billId) {
    /** @type {Map<string, Typist>} */
    const found = new Map();
    for (const place of this.#places.values())
      for (const typist of place.values())
        if (typist.billId === billId) found.set(`${typist.parentId} ${typist.user.id}`, typist);
    return [...found.values()];
  }

  /** @param {Typist} typist */
  #remove(typist) {
    const { actor, billId, parentId, user } = typist;
    this.#clock.clearTimeout(typist.timer);
    const key = placeKey(billId, parentId);
    const place = this.#places.get(key);
    place?.delete(actor);
    if (place?.size === 0) this.#places.delete(key);
    const own = this.#byActor.get(actor);
    own?.delete(typist);
    if (own?.size === 0) this.#byActor.delete(actor);
    for (const other of place?.values() ?? []) if (other.user.id === user.id) return;
    this.#announce(typist, false);
  }
}

/**
 * @param {string} billId
 * @param {string | number | null} parentId
 */
function placeKey(billId, parentId) {
  return parentId === null ? billId : `${billId} ${parentId}`;
}
