/**
 * What the streams of discussions and bills add up to: who wrote what, how all have voted, the newest counts.
 * Where others publish, too, what this gateway heard is a part of it only. So the ledger reads a stream as far
 * back as it is kept, from where a sum of it was saved, and follows it for as long as it is asked about.
 * Nothing here has to be kept: every gateway gets the same from the bus.
 */

import { MOST_ATTEMPTS } from './bus/documents.js';
import { Superseded } from './bus/superseded.js';
import { BusUnavailable } from './bus/unavailable.js';

/** @typedef {import('./bus/stream-entry.js').StreamEntry} StreamEntry */
/** @typedef {import('./bus/bus.js').Position} Position */

/**
 * What adds up one kind of streams, by what follows the colon in a topic.
 * @typedef {object} Account
 * @property {(event: import('./event.js').GatewayEvent) => void} record
 * @property {(id: string) => boolean} has False when it was forgotten.
 * @property {(id: string, saved: any) => void} restore Forgets what was recorded; null is nothing.
 * @property {(id: string) => unknown} save JSON.
 */

/**
 * @typedef {object} LedgerServices
 * @property {import('./bus/bus.js').Bus} bus
 * @property {import('./clock.js').Clock} clock
 * @property {Pick<import('./fan-out.js').FanOut, 'hold' | 'release'>} fanOut
 * @property {import('./logger.js').Logger} logger
 */

/**
 * One stream that is followed here.
 * @typedef {object} Page
 * @property {string} topic
 * @property {Account} account
 * @property {string} id
 * @property {string} epoch
 * @property {number} through Everything up to here is in the account.
 * @property {number} newest The newest event that is.
 * @property {Promise<void> | null} reading Settles when the account is complete; null: it is.
 * @property {StreamEntry[]} heard While it was read.
 * @property {Promise<unknown>} appending The last of those who publish what comes next.
 * @property {Set<() => void>} waiting Those who wait for something to be heard.
 */

/** @typedef {{ epoch: string, seq: number, sum: unknown }} Saved */

const SLICE_EVENTS = 512;
/** So many streams are followed after they were asked about. */
const MOST_PAGES = 256;
/** With so many events after what was saved last, it is saved again. */
const WORTH_SAVING_EVENTS = 100;
const SAVE_DELAY_MS = 2000;
const LISTEN_MS = 20;
const PATIENCE_MS = 10_000;
const RETRY_AFTER_MS = 5000;

export class Ledger {
  /** By topic, not asked about for the longest time first. @type {Map<string, Page>} */
  #pages = new Map();
  /** Topics of which something is to be saved. @type {Set<string>} */
  #unsaved = new Set();
  /** @type {unknown} */
  #saveTimer = null;
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
    this.#sums = services.bus.documents('sums');
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
      page.heard.push(entry);
      return;
    }
    if (epoch !== page.epoch) this.lost(topic);
    else if (Number(seq) > page.through) this.#add(page, entry);
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
    this.#wake(page);
  }

  /** @param {string} topic Of which something was published here. */
  saveSoon(topic) {
    if (this.#services.bus.isShared !== true) return;
    this.#unsaved.add(topic);
    this.#saveTimer ??= this.#services.clock.setTimeout(() => {
      this.#saveTimer = null;
      void this.#save();
    }, SAVE_DELAY_MS);
  }

  /** @returns {Promise<void>} Settles when what is to be saved was, as far as it can be. */
  async close() {
    this.#services.clock.clearTimeout(this.#saveTimer);
    await this.#save();
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
    /** @type {Page} */
    const page = {
      topic,
      account,
      id,
      epoch: '',
      through: 0,
      newest: 0,
      reading: null,
      heard: [],
      appending: Promise.resolve(),
      waiting: new Set(),
    };
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
    const { topic, account, id } = page;
    await this.#services.fanOut.hold(topic);
    const saved = /** @type {Saved | null} */ ((await this.#sums.get(topic))?.value ?? null);
    const { epoch, entries, through, from } = await this.#readAll(topic, saved);
    if (this.#pages.get(topic) !== page) {
      // It was lost while it was read. Whoever waits for it waits for what takes its place.
      await this.complete(topic);
      return;
    }
    page.reading = null;
    page.epoch = epoch;
    page.through = from;
    page.newest = from;
    account.restore(id, saved?.sum ?? null);
    const heard = page.heard.filter(
      (entry) => entry.epoch === epoch && Number(entry.seq) > through,
    );
    page.heard = [];
    for (const entry of [...entries, ...heard]) this.#add(page, entry);
    page.through = Math.max(page.through, through);
    if (entries.length >= WORTH_SAVING_EVENTS) this.saveSoon(topic);
  }

  /**
   * @param {string} topic
   * @param {Saved | null} saved
   */
  async #readAll(topic, saved) {
    let epoch = saved?.epoch ?? null;
    let from = saved?.seq ?? 0;
    let after = from;
    /** @type {StreamEntry[]} */
    const entries = [];
    for (;;) {
      const slice = await this.#services.bus.replay(topic, null, after, SLICE_EVENTS);
      if (slice.epoch !== epoch) {
        // The numbers of another history say nothing about this one.
        const isFirst = epoch === null;
        epoch = slice.epoch;
        if (!isFirst) {
          from = after = 0;
          entries.length = 0;
          continue;
        }
      }
      entries.push(...slice.entries);
      const last = slice.entries.at(-1);
      if (slice.entries.length < SLICE_EVENTS) {
        const through = Math.max(after, slice.seq, Number(last?.seq ?? 0));
        return { epoch, entries, through, from };
      }
      after = Number(last?.seq);
    }
  }

  /**
   * @param {Page} page
   * @param {StreamEntry} entry
   */
  #add(page, entry) {
    page.account.record(entry.event);
    page.newest = page.through = Number(entry.seq);
    this.#wake(page);
  }

  /** @param {Page} page */
  #wake(page) {
    const waiting = [...page.waiting];
    page.waiting.clear();
    for (const wake of waiting) wake();
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
      await this.#heard(page);
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

  /**
   * @param {Page} page
   * @returns {Promise<void>} Settles when something is heard of it, it is lost, or nothing was for a moment.
   */
  #heard(page) {
    const { clock } = this.#services;
    return new Promise((resolve) => {
      const wake = () => {
        clock.clearTimeout(timer);
        page.waiting.delete(wake);
        resolve();
      };
      const timer = clock.setTimeout(wake, LISTEN_MS);
      page.waiting.add(wake);
    });
  }

  #closeOldest() {
    for (const [topic, page] of this.#pages) {
      if (page.reading !== null || this.#unsaved.has(topic)) continue;
      this.lost(topic);
      return;
    }
  }

  async #save() {
    const topics = [...this.#unsaved];
    this.#unsaved.clear();
    for (const topic of topics) {
      const page = this.#pages.get(topic);
      if (page === undefined || page.reading !== null) continue;
      try {
        await this.#savePage(page);
      } catch (error) {
        // The stream has it still.
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
      const document = await this.#sums.get(page.topic);
      const saved = /** @type {Saved | null} */ (document?.value ?? null);
      const { epoch, through, account, id, topic } = page;
      if (saved?.epoch === epoch && saved.seq >= through) return;
      const sum = { epoch, seq: through, sum: account.save(id) };
      if (await this.#sums.put(topic, sum, document?.revision ?? 0)) return;
    }
  }
}
