/**
 * Appends each published event with its place in its stream as one JSON line to a file. Lines are with the
 * system before the event is sent to anybody, so that the file of a killed gateway has everything that
 * anybody saw. Errors are told once, then it is off.
 */

import { closeSync, openSync, writeSync } from 'node:fs';

export class LogFile {
  #path;
  #logger;
  /** Null when it is off. @type {number | null} */
  #file = null;

  /**
   * @param {string} path
   * @param {import('./logger.js').Logger} logger
   */
  constructor(path, logger) {
    this.#path = path;
    this.#logger = logger;
    this.#attempt(() => (this.#file = openSync(path, 'a')));
  }

  /** @param {import('../bus/stream-entry.js').StreamEntry} entry */
  append({ event, topic, epoch, seq }) {
    const file = this.#file;
    if (file === null) return;
    // The message is JSON already, and is not made again.
    const place = JSON.stringify({ topic, epoch, seq }).slice(0, -1);
    this.#attempt(() => writeSync(file, `${place},"message":${event.json}}\n`));
  }

  close() {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /** @param {() => void} work */
  #attempt(work) {
    try {
      work();
    } catch (error) {
      this.#file = null;
      const { message } = /** @type {Error} */ (error);
      this.#logger.error(`log file ${this.#path} cannot be written and is off now: ${message}`);
    }
  }
}
