/**
 * What pages add up to, saved where every gateway finds it, so that none has to read a long stream from its
 * beginning. Whatever is not saved is in the stream still.
 */

import { MOST_ATTEMPTS } from '../bus/documents.js';
import { BusUnavailable } from '../bus/unavailable.js';

/** @typedef {import('./page.js').Page} Page */
/** @typedef {{ epoch: string, seq: number, sum: unknown }} SavedSum */

/**
 * @typedef {object} SumsServices
 * @property {import('../bus/bus.js').Bus} bus
 * @property {import('../clock.js').Clock} clock
 * @property {import('../logging/logger.js').Logger} logger
 */

const SAVE_DELAY_MS = 2000;

export class Sums {
  #services;
  #documents;
  #pageOf;
  /** Topics of which something is to be saved. @type {Set<string>} */
  #unsaved = new Set();
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {SumsServices} services
   * @param {(topic: string) => Page | undefined} pageOf
   */
  constructor(services, pageOf) {
    this.#services = services;
    this.#documents = services.bus.documents('sums');
    this.#pageOf = pageOf;
  }

  /**
   * @param {string} topic
   * @returns {Promise<SavedSum | null>}
   */
  async saved(topic) {
    return /** @type {SavedSum | null} */ ((await this.#documents.get(topic))?.value ?? null);
  }

  /** @param {string} topic */
  isUnsaved(topic) {
    return this.#unsaved.has(topic);
  }

  /** @param {string} topic */
  saveSoon(topic) {
    this.#unsaved.add(topic);
    this.#timer ??= this.#services.clock.setTimeout(() => {
      this.#timer = null;
      void this.#save();
    }, SAVE_DELAY_MS);
  }

  /** @returns {Promise<void>} Settles when what is to be saved was, as far as it can be. */
  async close() {
    this.#services.clock.clearTimeout(this.#timer);
    await this.#save();
  }

  async #save() {
    const topics = [...this.#unsaved];
    this.#unsaved.clear();
    for (const topic of topics) {
      const page = this.#pageOf(topic);
      if (page === undefined || page.reading !== null) continue;
      try {
        await this.#savePage(page);
      } catch (error) {
        if (!(error instanceof BusUnavailable))
          this.#services.logger.error(
            `the sum of ${topic} was not saved: ${/** @type {Error} */ (error).message}`,
          );
      }
    }
  }

  /** @param {Page} page */
  async #savePage(page) {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const document = await this.#documents.get(page.topic);
      const saved = /** @type {SavedSum | null} */ (document?.value ?? null);
      const { epoch, through, account, id, topic } = page;
      if (saved?.epoch === epoch && saved.seq >= through) return;
      const sum = { epoch, seq: through, sum: account.save(id) };
      if (await this.#documents.put(topic, sum, document?.revision ?? 0)) return;
    }
  }
}
