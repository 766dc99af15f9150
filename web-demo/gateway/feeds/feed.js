/**
 * A feed publishes by itself. This is the seam: a producer knows what to publish and at what pace,
 * the feed knows when it may begin: at once, when enough bills are followed, or when told to.
 */

import { createBillStatusProducer } from './billstatus.js';
import { createSyntheticProducer } from './synthetic.js';

/**
 * @typedef {object} FeedServices
 * @property {import('../clock.js').Clock} clock
 * @property {import('../logging/logger.js').Logger} logger
 * @property {(bill: import('../bills.js').BillDescription) => void} announce
 * @property {(message: import('../events/fields.js').Fields) => void} publish
 * @property {() => boolean} isCongested True when it is better to wait until clients are writable.
 * @property {() => Promise<void>} whenWritable Settles when clients have taken what they were sent.
 * @property {() => number} billSubscriptionCount
 * @property {import('../community/community.js').Community} community
 * @property {import('../community/measures.js').Measures} measures
 * @property {(work: () => void) => void} together What is published during the work leaves in groups.
 */

/**
 * @typedef {object} Producer
 * @property {'synthetic' | 'billstatus' | 'none'} source
 * @property {() => Promise<void>} load Reads what it needs and announces its bills.
 * @property {(signal: AbortSignal) => Promise<void>} run Publishes until done or aborted.
 * @property {(updatesPerSecond: number) => void} [setRate] Where the pace can be chosen.
 * @property {() => Record<string, unknown>} stats
 * @property {() => string} describe
 */

/** @typedef {'idle' | 'waiting' | 'running' | 'finished' | 'stopped'} FeedState */

export class Feed {
  #producer;
  #gate;
  #services;
  #abort = new AbortController();
  /** @type {FeedState} */
  #state = 'idle';

  /**
   * @param {Producer} producer
   * @param {{ paused: boolean, waitForSubscribers: number }} gate
   * @param {FeedServices} services
   */
  constructor(producer, gate, services) {
    this.#producer = producer;
    this.#gate = gate;
    this.#services = services;
  }

  get source() {
    return this.#producer.source;
  }

  /** @returns {Promise<void>} */
  load() {
    return this.#producer.load();
  }

  /** The gateway listens: begin, or begin to wait. */
  ready() {
    this.#state = 'waiting';
    if (!this.#gate.paused && this.#gate.waitForSubscribers === 0) this.start();
    else this.#services.logger.info(`feed waits ${this.#reason()}`);
  }

  /** @returns {FeedState} What the feed does after this. */
  start() {
    if (this.#state !== 'waiting') return this.#state;
    this.#state = 'running';
    this.#run().catch((error) => {
      this.#state = 'stopped';
      this.#services.logger.error(`feed failed: ${error.stack ?? error}`);
    });
    return this.#state;
  }

  subscriptionsChanged() {
    const { waitForSubscribers } = this.#gate;
    if (this.#state !== 'waiting' || waitForSubscribers === 0) return;
    if (this.#services.billSubscriptionCount() >= waitForSubscribers) this.start();
  }

  /**
   * @param {number} updatesPerSecond
   * @returns {boolean} False when this feed has a pace of its own.
   */
  setRate(updatesPerSecond) {
    if (this.#producer.setRate === undefined) return false;
    this.#producer.setRate(updatesPerSecond);
    return true;
  }

  stop() {
    if (this.#state !== 'finished') this.#state = 'stopped';
    this.#abort.abort();
  }

  /** @returns {Record<string, unknown>} */
  stats() {
    return { source: this.source, state: this.#state, ...this.#producer.stats() };
  }

  /** @returns {string} */
  describe() {
    const waits = this.#state === 'waiting' ? `, waits ${this.#reason()}` : '';
    return this.#producer.describe() + waits;
  }

  async #run() {
    const { clock } = this.#services;
    // Whoever's subscription started the feed gets its confirmation first.
    await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), 0));
    await this.#producer.run(this.#abort.signal);
    if (this.#state === 'running') this.#state = 'finished';
  }

  #reason() {
    const { waitForSubscribers } = this.#gate;
    const count = waitForSubscribers > 0 ? `for ${waitForSubscribers} bill subscriptions or ` : '';
    return `${count}for POST /feed/start`;
  }
}

/**
 * @param {import('../options/options.js').GatewayOptions} options
 * @param {FeedServices} services
 * @returns {Feed}
 */
export function createFeed(options, services) {
  return new Feed(createProducer(options, services), options, services);
}

/**
 * @param {import('../options/options.js').GatewayOptions} options
 * @param {FeedServices} services
 * @returns {Producer}
 */
function createProducer(options, services) {
  if (options.feed === 'billstatus') return createBillStatusProducer(options, services);
  if (options.feed === 'synthetic') return createSyntheticProducer(options, services);
  return {
    source: 'none',
    load: async () => {},
    run: async () => {},
    stats: () => ({}),
    describe: () => 'no feed: only what is published',
  };
}
