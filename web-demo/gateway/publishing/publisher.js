/**
 * The one door for news, whoever brings them: a checked message becomes events, events go to the bus.
 * What the bus brings goes to the log, to what the gateway remembers, and to everyone subscribed.
 */

import { BoundedMap } from '../bounded-map.js';
import { BusUnavailable } from '../bus/unavailable.js';
import { StreamEntry } from '../bus/stream-entry.js';
import { Client } from '../connections/client.js';
import { isoNow } from '../clock.js';
import { PublishError, readPublished } from '../events/published.js';

/**
 * @typedef {object} PublisherServices
 * @property {import('../clock.js').Clock} clock
 * @property {import('../stats/counters.js').Counters} counters
 * @property {import('../bus/bus.js').Bus} bus
 * @property {import('../logging/logger.js').Logger} logger
 * @property {import('./fan-out.js').FanOut} fanOut
 * @property {import('../logging/event-log.js').EventLog} log
 * @property {import('../ledger/ledger.js').Ledger} ledger
 * @property {{ record: (event: import('../events/event.js').GatewayEvent) => void }[]} memories Told of every event, before it is sent.
 */

/**
 * What tells the events of some work from all others.
 * @typedef {object} Numbering
 * @property {string | null} workId
 * @property {number} events It has published so far.
 */

const PUBLISH_CHUNK = 64;
const PATIENCE_MS = 5000;
const MOST_STREAMS = 20_000;

export class Publisher {
  #services;
  /** Where each event is written, too. @type {import('../logging/log-file.js').LogFile | null} */
  logFile = null;
  /** Collects who is reached by what is being published. @type {Set<Client> | undefined} */
  #reached;
  /** Collects what settles when what is being published will not be lost. @type {Promise<unknown>[] | null} */
  #storing = null;
  /** Of the work that is being done. @type {Numbering} */
  #numbering = { workId: null, events: 0 };
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
    return this.#numbering.workId;
  }

  /**
   * Something that happened before this gateway knew of it.
   * @type {NonNullable<import('../bus/bus.js').Bus['remember']>}
   */
  remember = (entry) => {
    // It may have been followed here before.
    const known = this.#recorded.get(laneOf(entry));
    if (known?.epoch === entry.epoch && known.seq >= Number(entry.seq)) return;
    this.#record(entry);
  };

  /**
   * Publishes one event whose content depends on everything that its topic had before.
   * @param {string} topic Its topic.
   * @param {() => unknown} make The message; asked again when something else came first.
   */
  publishNext(topic, make) {
    const { bus, ledger } = this.#services;
    if (bus.isShared !== true) {
      this.publish(make());
      return;
    }
    const messageId = this.#nextMessageId();
    this.#wait(
      ledger.append(topic, (after) => {
        const [event, ...more] = readPublished(make(), isoNow(this.#services.clock));
        if (event === undefined || more.length > 0)
          throw new PublishError('what is published next is several events; allowed: one');
        return /** @type {Promise<import('../bus/bus.js').Position>} */ (
          bus.publish(event, null, messageId, after)
        );
      }),
    );
  }

  /**
   * @param {() => void | Promise<void>} work
   * @param {string | null} workId The same when it is done again: what it published before is not published again.
   * @returns {Promise<void> | null} Settles when what it published will not be lost; null: it will not be.
   */
  storing(work, workId) {
    return this.#collect({ workId, events: 0 }, work);
  }

  /**
   * Goes on with the work that is being done as soon as it can.
   * @param {Promise<void> | null} ready Null: now.
   * @param {() => void} work
   * @returns {void | Promise<void>} Settles as `storing` does.
   */
  later(ready, work) {
    if (ready === null) return work();
    const numbering = this.#numbering;
    return ready.then(() => this.#collect(numbering, work) ?? undefined);
  }

  /**
   * @param {Numbering} numbering
   * @param {() => void | Promise<void>} work
   */
  #collect(numbering, work) {
    const outer = this.#storing;
    const outerNumbering = this.#numbering;
    /** @type {Promise<unknown>[]} */
    const storing = [];
    this.#storing = storing;
    this.#numbering = numbering;
    try {
      const working = work();
      if (working !== undefined) storing.push(working);
    } finally {
      this.#storing = outer;
      this.#numbering = outerNumbering;
    }
    return storing.length === 0 ? null : Promise.all(storing).then(() => {});
  }

  /** What the bus brings. @type {import('../bus/bus.js').Bus['receive']} */
  receive = (entry) => {
    const { log, fanOut } = this.#services;
    log.append(entry);
    this.logFile?.append(entry);
    this.#record(entry);
    fanOut.deliver(entry, this.#reached);
  };

  /** @param {StreamEntry} entry */
  #record(entry) {
    const { ledger, memories } = this.#services;
    const { event, epoch, seq } = entry;
    if (seq !== null) this.#recorded.set(laneOf(entry), { epoch, seq });
    ledger.take(entry);
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
   * @param {import('../events/event.js').GatewayEvent} event
   * @param {string | null} origin
   */
  #publishEvent(event, origin) {
    const { bus, counters } = this.#services;
    counters.published += 1;
    const messageId = event.isLasting ? this.#nextMessageId() : null;
    const storing = bus.publish(event, origin, messageId);
    if (storing instanceof Promise) this.#wait(storing);
  }

  /** @returns {string | null} Null for what is published by no work that may be done again. */
  #nextMessageId() {
    const numbering = this.#numbering;
    if (numbering.workId === null) return null;
    const messageId = `${numbering.workId}/${numbering.events}`;
    numbering.events += 1;
    return messageId;
  }

  /** @param {Promise<unknown>} storing */
  #wait(storing) {
    const { counters, logger } = this.#services;
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
