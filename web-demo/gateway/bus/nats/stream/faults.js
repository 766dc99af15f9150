/** Messages in NATS that are no events: named in the log, the first ones. */

const FAULTS_TOLD = 10;

export class Faults {
  #count = 0;
  #services;

  /** @param {import('../../bus.js').BusServices} services */
  constructor(services) {
    this.#services = services;
  }

  /**
   * @param {string} subject
   * @param {number | null} seq Null for what is not stored.
   * @param {Error} error
   */
  tell(subject, seq, error) {
    this.#count += 1;
    if (this.#count > FAULTS_TOLD) return;
    const more = this.#count === FAULTS_TOLD ? '; more of them are only counted' : '';
    const which = seq === null ? 'a message' : `message ${seq}`;
    this.#services.logger.error(
      `${which} in NATS on ${subject} is left out: ${error.message}${more}`,
    );
  }
}
