/** One stream that the ledger follows: how far it is added up, and what is heard of it meanwhile. */

/** @typedef {import('../bus/stream-entry.js').StreamEntry} StreamEntry */

/**
 * What adds up one kind of streams, by what follows the colon in a topic.
 * @typedef {object} Account
 * @property {(event: import('../events/event.js').GatewayEvent) => void} record
 * @property {(id: string) => boolean} has False when it was forgotten.
 * @property {(id: string, saved: any) => void} restore Forgets what was recorded; null is nothing.
 * @property {(id: string) => unknown} save JSON.
 */

const LISTEN_MS = 20;

export class Page {
  epoch = '';
  /** Everything up to here is in the account. */
  through = 0;
  /** The newest event that is. */
  newest = 0;
  /** Settles when the account is complete; null: it is. @type {Promise<void> | null} */
  reading = null;
  /** The last of those who publish what comes next. @type {Promise<unknown>} */
  appending = Promise.resolve();
  /** While it was read. @type {StreamEntry[]} */
  #heard = [];
  /** Those who wait for something to be heard. @type {Set<() => void>} */
  #waiting = new Set();

  /**
   * @param {string} topic
   * @param {Account} account
   * @param {string} id Of the topic, in the account.
   */
  constructor(topic, account, id) {
    this.topic = topic;
    this.account = account;
    this.id = id;
  }

  /** @param {StreamEntry} entry Heard before the stream was read. */
  keep(entry) {
    this.#heard.push(entry);
  }

  /**
   * The stream was read: the account is complete with what was heard meanwhile.
   * @param {import('./read-stream.js').ReadStream} stream
   * @param {unknown} sum What was saved of it; null is nothing.
   */
  begin({ epoch, entries, from, through }, sum) {
    this.reading = null;
    this.epoch = epoch;
    this.through = this.newest = from;
    this.account.restore(this.id, sum);
    const heard = this.#heard.filter(
      (entry) => entry.epoch === epoch && Number(entry.seq) > through,
    );
    this.#heard = [];
    for (const entry of [...entries, ...heard]) this.add(entry);
    this.through = Math.max(this.through, through);
  }

  /** @param {StreamEntry} entry The next one. */
  add(entry) {
    this.account.record(entry.event);
    this.newest = this.through = Number(entry.seq);
    this.wake();
  }

  /** Whoever waits looks again. */
  wake() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /**
   * @param {import('../clock.js').Clock} clock
   * @returns {Promise<void>} Settles when something is heard of it, it is lost, or nothing was for a moment.
   */
  heard(clock) {
    return new Promise((resolve) => {
      const wake = () => {
        clock.clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = clock.setTimeout(wake, LISTEN_MS);
      this.#waiting.add(wake);
    });
  }
}
