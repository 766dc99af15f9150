/** Appends each published message as one JSON line to a file. Errors are told once, then it is off. */

import { createWriteStream } from 'node:fs';

const MAXIMUM_PENDING_BYTES = 64 * 1024 * 1024;

export class LogFile {
  #stream;
  #failed = false;

  /**
   * @param {string} path
   * @param {import('./logger.js').Logger} logger
   */
  constructor(path, logger) {
    this.#stream = createWriteStream(path, { flags: 'a' });
    this.#stream.on('error', (error) => {
      if (!this.#failed)
        logger.error(`log file ${path} cannot be written and is off now: ${error.message}`);
      this.#failed = true;
    });
    /** Lines left out because the disk was too slow. */
    this.skipped = 0;
  }

  /** @param {string} json */
  append(json) {
    if (this.#failed) return;
    if (this.#stream.writableLength > MAXIMUM_PENDING_BYTES) this.skipped += 1;
    else this.#stream.write(`${json}\n`);
  }

  /** @returns {Promise<void>} Settles when everything is on the disk. */
  close() {
    return new Promise((resolve) => {
      if (this.#failed || this.#stream.closed) return resolve();
      this.#stream.once('close', resolve);
      this.#stream.end();
    });
  }
}
