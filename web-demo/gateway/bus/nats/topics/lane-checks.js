/**
 * Compares lanes with the stream, soon after they were opened and then now and then: something may have been
 * stored that was not told, as when a server died in between.
 */

/** @typedef {import('./channel.js').Channel} Channel */

/**
 * @typedef {object} LaneChecksParts
 * @property {import('../../bus.js').BusServices} services
 * @property {() => import('../stream/history.js').History | null} history Null while there is no connection.
 * @property {() => Iterable<Channel>} channels
 */

const FIRST_CHECK_MS = 1000;
const CHECK_INTERVAL_MS = 30_000;
const TICK_MS = 1000;
const MOST_CHECKS_A_TICK = 500;

export class LaneChecks {
  #parts;
  /** @type {unknown} */
  #timer = null;
  #isClosed = false;

  /** @param {LaneChecksParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  start() {
    this.#later();
  }

  /** @param {import('./lane.js').Lane} lane That was just opened. */
  add(lane) {
    lane.checkMs = this.#parts.services.clock.now() + FIRST_CHECK_MS;
  }

  allSoon() {
    for (const { lanes } of this.#parts.channels())
      for (const lane of lanes.values()) lane.checkMs = 0;
  }

  close() {
    this.#isClosed = true;
    this.#parts.services.clock.clearTimeout(this.#timer);
  }

  #later() {
    this.#timer = this.#parts.services.clock.setTimeout(() => {
      this.#check();
      if (!this.#isClosed) this.#later();
    }, TICK_MS);
  }

  #check() {
    const history = this.#parts.history();
    if (history === null) return;
    const now = this.#parts.services.clock.now();
    let checks = 0;
    for (const channel of this.#parts.channels())
      for (const lane of channel.lanes.values()) {
        if (lane.checkMs > now || !lane.isPlaced) continue;
        if ((checks += 1) > MOST_CHECKS_A_TICK) return;
        lane.checkMs = now + CHECK_INTERVAL_MS;
        history.newest(lane.subject).then(
          (newest) => {
            if (newest > lane.position) channel.bring([lane]);
          },
          () => {},
        );
      }
  }
}
