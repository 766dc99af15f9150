/**
 * The one door for news, whoever brings them: a checked message becomes events, events go to the bus.
 * What the bus brings goes to the log, to what the gateway remembers, and to everyone subscribed.
 */

import { BoundedMap } from './bounded-map.js';
import { BusUnavailable } from './bus/unavailable.js';
import { StreamEntry } from './bus/stream-entry.js';
import { Client } from './client.js';
import { isoNow } from './clock.js';
import { readField } from './fields.js';
import { readPublished } from './published.js';

/**
 * @typedef {object} PublisherServices
 * @property {import('./clock.js').Clock} clock
 * @property {import('./counters.js').Counters} counters
 * @property {import('./bus/bus.js').Bus} bus
 * @property {import('./logger.js').Logger} logger
 * @property {import('./fan-out.js').FanOut} fanOut
 * @property {import('./event-log.js').EventLog} log
 * @property {import('./community/comment-counts.js').CommentCounts} commentCounts
 * @property {{ record: (event: import('./event.js').GatewayEvent) => void }[]} memories Told of every event, before it is sent.
 */

const PUBLISH_CHUNK = 64;
const PATIENCE_MS = 5000;
const MOST_STREAMS = 20_000;

export class Publisher {
  #services;
  /** Where each event is written, too. @type {import('./log-file.js').LogFile | null} */
  logFile = null;
  /** Collects who is reached by what is being published. @type {Set<Client> | undefined} */
  #reached;
  /** Collects what settles when what is being published will not be lost. @type {Promise<unknown>[] | null} */
  #storing = null;
  /** What tells the events of the work from all others. @type {string | null} */
  #workId = null;
  #eventsOfWork = 0;
  /** How far each stream is in the memories, quietest first. @type {BoundedMap<string, { epoch: string | null, seq: number }>} */
  #recorded = new BoundedMap(MOST_STREAMS);

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
    const origin = except instanceof Client ? except.origin : null;
    const outer = this.#reached;
    this.#reached = reached;
    try {
      for (const event of events) this.#publishEvent(event, origin);
    } finally {
      this.#reached = outer;
    }
    return events.length;
  }

  /**
   * What passes, and concerns those who are connected here only.
   * @param {unknown} message Throws `PublishError`.
   */
  tellHere(message) {
    for (const event of readPublished(message, isoNow(this.#services.clock)))
      this.receive(new StreamEntry(event, null, null, null));
  }

  /** @returns {string | null} What is the same when the work that is being done is done again. */
  get workId() {
    return this.#workId;
  }

  /**
   * Something that happened before this gateway knew of it.
   * @type {NonNullable<import('./bus/bus.js').Bus['remember']>}
   */
  remember = (entry) => {
    // It may have been followed here before.
    const known = this.#recorded.get(laneOf(entry));
    if (known?.epoch === entry.epoch && known.seq >= Number(entry.seq)) return;
    this.#record(entry);
  };

  /**
   * @param {() => void} work
   * @param {string | null} workId The same when it is done again: what it published before is not published again.
   * @returns {Promise<void> | null} Settles when what it published will not be lost; null: it will not be.
   */
  storing(work, workId) {
    const outer = this.#storing;
    const outerId = this.#workId;
    const outerEvents = this.#eventsOfWork;
    /** @type {Promise<unknown>[]} */
    const storing = [];
    this.#storing = storing;
    this.#workId = workId;
    this.#eventsOfWork = 0;
    try {
      work();
    } finally {
      this.#storing = outer;
      this.#workId = outerId;
      this.#eventsOfWork = outerEvents;
    }
    return storing.length === 0 ? null : Promise.all(storing).then(() => {});
  }

  /** What the bus brings. @type {import('./bus/bus.js').Bus['receive']} */
  receive = (entry) => {
    const { log, fanOut } = this.#services;
    log.append(entry);
    this.logFile?.append(entry);
    this.#record(entry);
    fanOut.deliver(entry, this.#reached);
  };

  /** @param {StreamEntry} entry */
  #record(entry) {
    const { memories, commentCounts } = this.#services;
    const { event, epoch, seq } = entry;
    if (seq !== null) this.#recorded.set(laneOf(entry), { epoch, seq });
    const comments = event.metrics === null ? undefined : readField(event.metrics, 'comment_count');
    if (typeof comments === 'number' && event.billId !== null)
      commentCounts.set(event.billId, comments);
    for (const memory of memories) memory.record(event);
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
   * @param {string | null} origin
   */
  #publishEvent(event, origin) {
    const { counters, bus, logger } = this.#services;
    counters.published += 1;
    let messageId = null;
    if (this.#workId !== null && event.isLasting) {
      messageId = `${this.#workId}/${this.#eventsOfWork}`;
      this.#eventsOfWork += 1;
    }
    const storing = bus.publish(event, origin, messageId);
    if (!(storing instanceof Promise)) return;
    storing.catch((error) => {
      counters.publishingFailures += 1;
      // The bus says itself that it cannot, once.
      if (!(error instanceof BusUnavailable))
        logger.error(`an event could not be stored: ${error.message}`);
    });
    this.#storing?.push(storing);
  }
}

/** @param {StreamEntry} entry */
function laneOf({ topic, event }) {
  return event.userId === null ? topic : `${topic} ${event.userId}`;
}
