/**
 * Frames of several events. Clients that follow the same topics get the same groups one after the other,
 * so the newest groups are kept and made once.
 */

import { Frame } from './frame.js';

/** @typedef {import('./frame.js').Sendable} Sendable */

const REMEMBERED = 8;

export class BatchFrames {
  /** @type {{ events: Sendable[], frame: Frame }[]} */
  #newest = [];
  #next = 0;

  /**
   * @param {Sendable[]} events At least one; not changed afterwards.
   * @returns {Sendable} The event itself when it is alone, a `batch` otherwise.
   */
  of(events) {
    const [first] = events;
    if (events.length === 1 && first !== undefined) return first;
    const known = this.#newest.find((one) => isSame(one.events, events));
    if (known !== undefined) return known.frame;
    const frame = new Frame(
      `{"type":"batch","messages":[${events.map(({ json }) => json).join(',')}]}`,
    );
    this.#newest[this.#next] = { events, frame };
    this.#next = (this.#next + 1) % REMEMBERED;
    return frame;
  }
}

/**
 * @param {Sendable[]} one
 * @param {Sendable[]} other
 */
function isSame(one, other) {
  return one.length === other.length && one.every((event, index) => event === other[index]);
}
