/** The clock and the log, which the gateway hands over when it starts; the parts of the bus are made before. */

/** @typedef {import('../../bus.js').BusServices} BusServices */

/** @implements {BusServices} */
export class LateServices {
  /** @type {BusServices | null} */
  #given = null;

  /** @param {BusServices} services */
  give(services) {
    this.#given = services;
  }

  get areGiven() {
    return this.#given !== null;
  }

  get clock() {
    return this.#known().clock;
  }

  get logger() {
    return this.#known().logger;
  }

  #known() {
    if (this.#given === null) throw new Error('the bus was not started');
    return this.#given;
  }
}
