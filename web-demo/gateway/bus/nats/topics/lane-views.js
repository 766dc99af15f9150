/**
 * Where the lanes of one topic stand together, and what they hold, from what is kept here and from history.
 * Several lanes are one order.
 */

import { inOrder } from '../../shelf.js';

/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('../stream/history.js').History} History */
/** @typedef {import('../../stream-entry.js').StreamEntry} StreamEntry */
/** @typedef {{ history: History, stream: import('../stream/stream.js').EventStream }} Source */

const MOST_TRIES = 5;
const BETWEEN_TRIES_MS = 200;

export class LaneViews {
  #services;
  #kept;

  /**
   * @param {import('../../bus.js').BusServices} services
   * @param {import('./kept-lanes.js').KeptLanes} kept
   */
  constructor(services, kept) {
    this.#services = services;
    this.#kept = kept;
  }

  /**
   * @param {Lane[]} lanes
   * @param {number} known A position somebody has.
   * @param {Source} source
   * @returns {Promise<import('../../bus.js').Place>}
   */
  async locateKnown(lanes, known, { history, stream }) {
    const { epoch } = stream;
    let seq = Math.max(...lanes.map(({ position }) => position));
    // Another gateway may have been faster to bring it.
    const { clock } = this.#services;
    for (let tries = 0; known > seq && tries < MOST_TRIES; tries += 1) {
      if (tries > 0)
        await new Promise((resolve) =>
          clock.setTimeout(() => resolve(undefined), BETWEEN_TRIES_MS),
        );
      const newest = lanes.map(({ subject }) => history.newest(subject));
      seq = Math.max(seq, ...(await Promise.all(newest)));
      // One server has all there is.
      if (!stream.isReplicated) break;
    }
    const here = Math.max(...lanes.map(({ floor }) => floor));
    if (known >= here) return { epoch, seq, floor: here, start: Math.min(known, seq) };
    const floors = lanes.map(({ subject }) => history.floorAfter(subject, known));
    const floor = Math.max(...(await Promise.all(floors)));
    seq = Math.max(seq, floor);
    return { epoch, seq, floor, start: Math.max(known, floor) };
  }

  /**
   * @param {Lane[]} lanes
   * @param {number} count
   * @param {Source} source
   * @returns {Promise<import('../../bus.js').Place>}
   */
  async locateNewest(lanes, count, { history, stream }) {
    const { epoch } = stream;
    await Promise.all(lanes.map((lane) => this.#kept.readNewest(lane, count, history)));
    const seq = Math.max(...lanes.map(({ position }) => position));
    const floor = Math.min(seq, Math.max(...lanes.map((lane) => lane.floor)));
    const entries = inOrder(lanes.map((lane) => lane.last(count + 1)));
    const before = Number(entries.at(-count - 1)?.seq ?? floor);
    const start = count === 0 ? seq : Math.max(floor, Math.min(before, seq));
    return { epoch, seq, floor, start };
  }

  /**
   * What history has after a position.
   * @param {Lane[]} lanes
   * @param {number} after
   * @param {number} limit
   * @param {Source} source
   * @returns {Promise<import('../../bus.js').Replay>}
   */
  async replay(lanes, after, limit, { history, stream }) {
    const { epoch } = stream;
    const cap = lanes.length > 1 ? await history.newestOfAll() : Infinity;
    const read = await Promise.all(
      lanes.map((lane) => this.#readLane(lane, after, limit, history, cap)),
    );
    const entries = inOrder(read.map((one) => one.entries))
      .filter(({ seq }) => Number(seq) <= cap)
      .slice(0, limit);
    const through = Math.max(after, ...read.map((one) => one.through));
    const isAll = read.every((one) => one.isAll || one.through >= cap);
    return {
      epoch,
      // Where there is more, the newest number is a higher one.
      seq: isAll
        ? Math.min(cap, through)
        : Math.max(through + 1, ...lanes.map(({ position }) => position)),
      floor: Math.max(...read.map(({ floor }) => floor)),
      entries,
    };
  }

  /**
   * @param {Lane} lane
   * @param {number} after
   * @param {number} limit
   * @param {History} history
   * @param {number} cap
   */
  async #readLane(lane, after, limit, history, cap) {
    const target = Math.min(lane.position, cap);
    /** @type {StreamEntry[]} */
    const entries = [];
    let floor = after;
    let through = after;
    let isAll = false;
    while (!isAll && entries.length < limit) {
      const slice = await history.readUpTo(lane.subject, through, limit, target);
      entries.push(...slice.entries);
      floor = Math.max(floor, slice.floor > through ? slice.floor : 0);
      through = Math.max(slice.through, slice.floor > through ? slice.floor : 0);
      isAll = slice.isAll;
    }
    if (isAll) this.#kept.prepend(lane, entries, Math.max(after, floor));
    return { entries, through, floor, isAll };
  }
}
