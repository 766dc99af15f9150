/**
 * What the streams of discussions and bills add up to: who wrote what, how all have voted, the newest counts.
 * Where others publish, too, what this gateway heard is a part of it only. So the ledger reads a stream as far
 * back as it is kept, from where a sum of it was saved, and follows it for as long as it is asked about.
 * Nothing here has to be kept: every gateway gets the same from the bus.
 */

import { Superseded } from '../bus/superseded.js';
import { BusUnavailable } from '../bus/unavailable.js';
import { Page } from './page.js';
import { SLICE_EVENTS, readStream } from './read-stream.js';
import { Sums } from './sums.js';

/** @typedef {import('../bus/stream-entry.js').StreamEntry} StreamEntry */
/** @typedef {import('../bus/bus.js').Position} Position */

/** @typedef {import('./page.js').Account} Account */

/**
 * @typedef {object} LedgerServices
 * @property {import('../bus/bus.js').Bus} bus
 * @property {import('../clock.js').Clock} clock
 * @property {Pick<import('../publishing/fan-out.js').FanOut, 'hold' | 'release'>} fanOut
 * @property {import('../logging/logger.js').Logger} logger
 */

/** So many streams are followed after they were asked about. */
const MOST_PAGES = 256;
/** With so many events after what was saved last, it is saved again. */
const WORTH_SAVING_EVENTS = 100;
const PATIENCE_MS = 10_000;
const RETRY_AFTER_MS = 5000;

export class Ledger {
  /** By topic, not asked about for the longest time first. @type {Map<string, Page>} */
  #pages = new Map();
  #services;
  #accounts;
  #sums;

  /**
   * @param {LedgerServices} services
   * @param {Record<string, Account>} accounts By what comes before the colon of their topics.
   */
  constructor(services, accounts) {
    this.#services = services;
    this.#accounts = accounts;
    this.#sums = new Sums(services, (topic) => this.#pages.get(topic));
  }

  /**
   * Something happened in a stream, and is added up.
   * @param {StreamEntry} entry
   */
  take(entry) {
    const { topic, event, epoch, seq } = entry;
    const page = seq === null ? undefined : this.#pages.get(topic);
    if (page === undefined) {
      this.#accountOf(topic)?.account.record(event);
      return;
    }
    if (page.reading !== null) {
      page.keep(entry);
      return;
    }
    if (epoch !== page.epoch) this.lost(topic);
    else if (Number(seq) > page.through) page.add(entry);
  }

  /**
   * @param {string} topic
   * @returns {Promise<void> | null} Settles when everything that was published before is added up; null: it is.
   */
  complete(topic) {
    if (this.#services.bus.isShared !== true) return null;
    const known = this.#pages.get(topic);
    if (known !== undefined) {
      this.#pages.delete(topic);
      this.#pages.set(topic, known);
      if (known.reading !== null) return known.reading;
      if (known.account.has(known.id)) return null;
      this.lost(topic);
    }
    const found = this.#accountOf(topic);
    return found === null ? null : this.#open(topic, found.account, found.id);
  }

  /**
   * As `complete`, and asks once more when something is missed that may have been published just now.
   * @param {string} topic
   * @param {() => boolean} isThere
   * @returns {Promise<void> | null}
   */
  completeWith(topic, isThere) {
    const ready = this.complete(topic);
    if (this.#services.bus.isShared !== true || (ready === null && isThere())) return ready;
    const look = async () => {
      await ready;
      const page = this.#pages.get(topic);
      if (page === undefined || isThere()) return;
      const since = { epoch: page.epoch, seq: page.through + 1 };
      const { seq } = await this.#services.bus.locate(topic, null, 0, since);
      await this.#through(topic, seq);
    };
    return look();
  }

  /**
   * Publishes what comes right after everything that is added up, one after the other.
   * @param {string} topic
   * @param {(after: number) => Promise<Position>} publish Asked again when something else came first.
   * @returns {Promise<void>} Settles when it is stored, and added up.
   */
  append(topic, publish) {
    const before = this.#pages.get(topic)?.appending;
    const ready = this.complete(topic);
    const page = this.#pages.get(topic);
    if (page === undefined) return Promise.reject(new Error(`${topic} adds up to nothing`));
    const appending = (async () => {
      await before?.catch(() => {});
      await ready;
      await this.#appendTo(topic, publish);
      this.saveSoon(topic);
    })();
    page.appending = appending;
    return appending;
  }

  /**
   * What comes next of a topic may come after something that was not heard.
   * @param {string} topic
   */
  lost(topic) {
    const page = this.#pages.get(topic);
    if (page === undefined) return;
    this.#pages.delete(topic);
    this.#services.fanOut.release(topic);
    page.wake();
  }

  /** @param {string} topic Of which something was published here. */
  saveSoon(topic) {
    if (this.#services.bus.isShared !== true) return;
    this.#sums.saveSoon(topic);
  }

  /** @returns {Promise<void>} Settles when what is to be saved was, as far as it can be. */
  close() {
    return this.#sums.close();
  }

  /**
   * @param {string} topic
   * @returns {{ account: Account, id: string } | null} Null for a topic that adds up to nothing.
   */
  #accountOf(topic) {
    const colon = topic.indexOf(':');
    const kind = topic.slice(0, colon);
    const account = Object.hasOwn(this.#accounts, kind) ? this.#accounts[kind] : undefined;
    return account === undefined ? null : { account, id: topic.slice(colon + 1) };
  }

  /**
   * @param {string} topic
   * @param {Account} account
   * @param {string} id
   * @returns {Promise<void>}
   */
  #open(topic, account, id) {
    const page = new Page(topic, account, id);
    this.#pages.set(topic, page);
    const reading = this.#read(page).catch((error) => {
      if (this.#pages.get(topic) === page) this.lost(topic);
      throw error;
    });
    page.reading = reading;
    if (this.#pages.size > MOST_PAGES) this.#closeOldest();
    return reading;
  }

  /** @param {Page} page */
  async #read(page) {
    const { topic } = page;
    await this.#services.fanOut.hold(topic);
    const saved = await this.#sums.saved(topic);
    const stream = await readStream(this.#services.bus, topic, saved);
    if (this.#pages.get(topic) !== page) {
      // It was lost while it was read. Whoever waits for it waits for what takes its place.
      await this.complete(topic);
      return;
    }
    page.begin(stream, saved?.sum ?? null);
    if (stream.entries.length >= WORTH_SAVING_EVENTS) this.saveSoon(topic);
  }

  /**
   * @param {string} topic
   * @param {(after: number) => Promise<Position>} publish
   */
  async #appendTo(topic, publish) {
    const untilMs = this.#services.clock.now() + PATIENCE_MS;
    let after = (await this.#through(topic, 0)).newest;
    while (this.#services.clock.now() < untilMs) {
      try {
        const { seq } = await publish(after);
        await this.#through(topic, seq);
        return;
      } catch (error) {
        if (!(error instanceof Superseded)) throw error;
        const { newest } = await this.#through(topic, error.newest);
        after = Math.max(error.newest, newest);
      }
    }
    throw new BusUnavailable(`too much is published to ${topic} at once`, RETRY_AFTER_MS);
  }

  /**
   * What is followed may be lost at any time, and is read anew then.
   * @param {string} topic
   * @param {number} seq
   * @returns {Promise<Page>} What is followed when everything up to there is added up.
   */
  async #through(topic, seq) {
    const { bus, clock } = this.#services;
    const untilMs = clock.now() + PATIENCE_MS;
    while (clock.now() < untilMs) {
      await this.complete(topic);
      const page = this.#pages.get(topic);
      if (page === undefined || page.reading !== null) continue;
      if (page.through >= seq) return page;
      await page.heard(clock);
      const { through } = page;
      if (through >= seq || this.#pages.get(topic) !== page) continue;
      const replay = await bus.replay(topic, null, through, SLICE_EVENTS);
      if (replay.epoch !== page.epoch) {
        this.lost(topic);
        break;
      }
      for (const entry of replay.entries) this.take(entry);
      // What is no event has a number, too.
      if (replay.entries.length < SLICE_EVENTS) page.through = Math.max(page.through, replay.seq);
    }
    throw new BusUnavailable(`what happens in ${topic} is not told`, RETRY_AFTER_MS);
  }

  #closeOldest() {
    for (const [topic, page] of this.#pages) {
      if (page.reading !== null || this.#sums.isUnsaved(topic)) continue;
      this.lost(topic);
      return;
    }
  }
}
