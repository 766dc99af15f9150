/**
 * The one door for news, whoever brings them: a checked message becomes events, events go to the log,
 * to what the gateway remembers, and to everyone subscribed.
 */

import { isoNow } from './clock.js';
import { readField } from './fields.js';
import { readPublished } from './published.js';

/** @typedef {import('./client.js').Client} Client */

/**
 * @typedef {object} PublisherServices
 * @property {import('./clock.js').Clock} clock
 * @property {import('./counters.js').Counters} counters
 * @property {import('./fan-out.js').FanOut} fanOut
 * @property {import('./event-log.js').EventLog} log
 * @property {import('./community/comment-counts.js').CommentCounts} commentCounts
 * @property {{ record: (event: import('./event.js').GatewayEvent) => void }[]} memories Told of every event, before it is sent.
 */

const PUBLISH_CHUNK = 64;
const PATIENCE_MS = 5000;

export class Publisher {
  #services;
  /** Where each message is written, too. @type {import('./log-file.js').LogFile | null} */
  logFile = null;

  /** @param {PublisherServices} services */
  constructor(services) {
    this.#services = services;
  }

  /**
   * @param {unknown} message One, or an array; throws `PublishError`, and then publishes nothing.
   * @param {Set<Client>} [reached] Collects who got it.
   * @param {unknown} [except] A client that does not get it.
   * @returns {number} Events.
   */
  publish(message, reached, except) {
    const events = readPublished(message, isoNow(this.#services.clock));
    for (const event of events) this.#publishEvent(event, reached, except);
    return events.length;
  }

  /**
   * @param {unknown[]} messages Published at the speed at which clients take them.
   * @param {Set<Client>} reached Collects who got them.
   * @returns {Promise<number>} Events.
   */
  async publishAll(messages, reached) {
    let published = 0;
    for (const [index, message] of messages.entries()) {
      published += this.publish(message, reached);
      if (index % PUBLISH_CHUNK === 0 || this.#services.fanOut.isCongested())
        await this.whenWritable();
    }
    return published;
  }

  /** @returns {Promise<void>} Settles when clients have taken what they were sent. */
  whenWritable() {
    return this.#services.fanOut.whenWritable(PATIENCE_MS);
  }

  /**
   * @param {import('./event.js').GatewayEvent} event
   * @param {Set<Client>} [reached]
   * @param {unknown} [except]
   */
  #publishEvent(event, reached, except) {
    const { counters, log, memories, fanOut, commentCounts } = this.#services;
    counters.published += 1;
    log.append(event);
    this.logFile?.append(event.json);
    const comments = event.metrics === null ? undefined : readField(event.metrics, 'comment_count');
    if (typeof comments === 'number' && event.billId !== null)
      commentCounts.set(event.billId, comments);
    for (const memory of memories) memory.record(event);
    fanOut.deliver(event, reached, except);
  }
}
