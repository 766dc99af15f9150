/** A line in the log now and then that says what has happened since the one before; none when nothing has. */

export const SUMMARY_INTERVAL_MS = 30_000;

export class Summary {
  #logger;
  #told = 0;

  /** @param {import('../logging/logger.js').Logger} logger */
  constructor(logger) {
    this.#logger = logger;
  }

  /** @param {import('./stats.js').GatewayStats} stats */
  tell({ published, delivered, dropped, connections }) {
    if (published === this.#told) return;
    this.#logger.info(
      `${published - this.#told} published in ${SUMMARY_INTERVAL_MS / 1000} s; in total ${delivered} delivered, ${dropped} dropped, ${connections} connected`,
    );
    this.#told = published;
  }
}
