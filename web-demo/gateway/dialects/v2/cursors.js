/**
 * What one client of dialect v2 subscribed to: a place in each stream, and `*`. An event that comes when
 * everything before it was sent goes out at once. Whoever is behind, because they have just come or because
 * they read slowly, is brought along from the bus's history, a slice at a time, as fast as they read. So
 * nothing waits here, and what history no longer has is told as a `gap`.
 */

import { eventMatches } from '../../events/filters.js';
import { StreamEntry } from '../../bus/stream-entry.js';
import { Cursor } from './cursor.js';
import { epochFor } from './personal-epoch.js';
import { sharedWireEvent, wireEvent } from './wire-event.js';

/** @typedef {import('../../bus/bus.js').Bus} Bus */
/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../connections/client.js').ClientSubscriptions} ClientSubscriptions */
/** @typedef {import('../../events/filters.js').Filters} Filters */

/**
 * @typedef {object} CursorServices
 * @property {Bus} bus
 * @property {import('../../stats/counters.js').Counters} counters
 * @property {import('./catch-up.js').CatchUp} catchUp
 */

const SLICE_EVENTS = 256;
/** Of no stream, so that a page asks anew. */
const LATE_EPOCH = 'late';

/** @implements {ClientSubscriptions} */
export class Cursors {
  /** @type {Map<string, Cursor>} By stream. */
  #cursors = new Map();
  /** Of `*`; undefined when it is not subscribed. @type {Filters | null | undefined} */
  #everything = undefined;
  /** Those that are read from the bus. @type {Set<Cursor>} */
  #behind = new Set();
  /** Those of which something was sent since the page was last told. @type {Set<Cursor>} */
  #moved = new Set();
  /** @type {Set<string>} */
  #distrusted = new Set();
  #client;
  #services;

  /**
   * @param {Client} client
   * @param {CursorServices} services
   */
  constructor(client, services) {
    this.#client = client;
    this.#services = services;
  }

  /** @returns {string[]} */
  get topics() {
    return this.#everything === undefined
      ? [...this.#cursors.keys()]
      : [...this.#cursors.keys(), '*'];
  }

  get count() {
    return this.#cursors.size + (this.#everything === undefined ? 0 : 1);
  }

  get isBehind() {
    return this.#behind.size > 0;
  }

  /** @param {string} topic */
  has(topic) {
    return topic === '*' ? this.#everything !== undefined : this.#cursors.has(topic);
  }

  /** @param {Filters | null} filters */
  openEverything(filters) {
    this.#everything = filters;
  }

  /**
   * What comes of the stream is noticed from now on; nothing of it is sent before `begin`.
   * @param {string} topic
   * @param {Filters | null} filters
   * @returns {Cursor}
   */
  open(topic, filters) {
    this.close(topic);
    this.#distrusted.delete(topic);
    const cursor = new Cursor(topic, filters);
    this.#cursors.set(topic, cursor);
    return cursor;
  }

  /**
   * The page was told where the stream starts.
   * @param {Cursor} cursor
   * @param {number} newest The newest event when it was opened.
   */
  begin(cursor, newest) {
    if (this.#cursors.get(cursor.topic) !== cursor) return;
    cursor.hasBegun = true;
    cursor.isLive = cursor.read >= newest && cursor.read >= cursor.seen;
    if (!cursor.isLive) this.#behind.add(cursor);
    this.drained();
  }

  /** @param {string} topic */
  close(topic) {
    if (topic === '*') this.#everything = undefined;
    const cursor = this.#cursors.get(topic);
    if (cursor === undefined) return;
    this.#cursors.delete(topic);
    this.#behind.delete(cursor);
    this.#moved.delete(cursor);
  }

  /** @returns {{ topic: string, epoch: string, seq: number }[]} Where streams stand of which something was sent since this was last asked. */
  takePositions() {
    const positions = [...this.#moved].map((cursor) => this.#position(cursor));
    this.#moved.clear();
    return positions;
  }

  /**
   * @param {string} topic
   * @returns {{ topic: string, epoch: string, seq: number }[]}
   */
  positionOf(topic) {
    const cursor = this.#cursors.get(topic);
    return cursor === undefined ? [] : [this.#position(cursor)];
  }

  /**
   * @param {StreamEntry} entry
   * @param {string} topic
   * @param {number} index Streams are the first topic of their events.
   * @returns {boolean}
   */
  deliver(entry, topic, index) {
    if (topic === '*') return this.#deliverEverything(entry);
    const cursor = index === 0 ? this.#cursors.get(topic) : undefined;
    if (cursor === undefined) return false;
    const isWanted = this.#wants(cursor, entry);
    if (entry.seq === null) {
      if (isWanted) this.#client.outbox.offer(sharedWireEvent(entry));
      return isWanted;
    }
    if (cursor.hasBegun && entry.epoch !== cursor.epoch)
      cursor.startAnew(String(entry.epoch), entry.seq - 1);
    cursor.seen = Math.max(cursor.seen, entry.seq);
    if (!cursor.hasBegun) return isWanted;
    if (cursor.isLive && (!isWanted || this.#client.outbox.isWritable))
      this.#pass(cursor, entry, isWanted);
    else if (cursor.isLive || !this.#behind.has(cursor)) {
      cursor.isLive = false;
      this.#behind.add(cursor);
      this.drained();
    }
    return isWanted;
  }

  /** @param {import('../../events/event.js').GatewayEvent} event Of no stream: for this client alone. */
  offer(event) {
    this.#client.outbox.offer(sharedWireEvent(new StreamEntry(event, null, null, null)));
  }

  /** @param {string} topic */
  lost(topic) {
    const cursor = this.#cursors.get(topic);
    if (cursor === undefined || !cursor.hasBegun) return;
    cursor.isLive = false;
    this.#behind.add(cursor);
    this.drained();
  }

  /**
   * The page has gone past an event that only comes now: it is told to ask anew, and then of a gap.
   * @param {string} topic
   */
  late(topic) {
    const cursor = this.#cursors.get(topic);
    if (cursor === undefined || !cursor.hasBegun) return;
    this.#distrusted.add(topic);
    const positions = [{ topic, epoch: LATE_EPOCH, seq: cursor.sent }];
    this.#client.reply({ type: 'pong', positions });
  }

  /**
   * @param {string} topic
   * @returns {boolean} True when what this page has of the topic is not everything before its position.
   */
  isDistrusted(topic) {
    return this.#distrusted.has(topic);
  }

  drained() {
    if (this.isBehind && this.#client.outbox.hasRoom) this.#services.catchUp.add(this);
  }

  /**
   * Brings the client a slice further.
   * @returns {Promise<void> | undefined} Settles when it was; undefined: it was.
   */
  advance() {
    const [cursor] = this.#behind;
    if (cursor === undefined || !this.#client.isOpen) return undefined;
    const { user } = this.#client;
    const replay = this.#services.bus.replay(cursor.topic, user.id, cursor.read, SLICE_EVENTS);
    if (!(replay instanceof Promise)) {
      this.#take(cursor, replay);
      return undefined;
    }
    return replay.then(
      (taken) => {
        if (this.#client.user === user) this.#take(cursor, taken);
      },
      (error) => {
        // Nobody waits for it any more.
        if (this.#client.isOpen && this.#cursors.get(cursor.topic) === cursor) throw error;
      },
    );
  }

  /**
   * @param {Cursor} cursor
   * @param {import('../../bus/bus.js').Replay} replay
   */
  #take(cursor, { epoch, seq, floor, entries }) {
    // Closed meanwhile, or begun anew somewhere else.
    if (this.#cursors.get(cursor.topic) !== cursor || !this.#client.isOpen) return;
    const { outbox } = this.#client;
    if (epoch !== cursor.epoch) cursor.startAnew(epoch, floor);
    if (floor > cursor.read) this.#tellGap(cursor, floor);
    outbox.gather();
    const isAll = entries.every((entry) => {
      if (!outbox.hasRoom) return false;
      this.#pass(cursor, entry, this.#wants(cursor, entry));
      return true;
    });
    outbox.release();
    if (!outbox.hasRoom) outbox.flush();
    if (isAll && entries.length < SLICE_EVENTS) cursor.read = Math.max(cursor.read, seq);
    // To the end, so that every stream gets its turn.
    this.#behind.delete(cursor);
    if (cursor.read >= seq && cursor.read >= cursor.seen) cursor.isLive = true;
    else this.#behind.add(cursor);
    this.drained();
  }

  /**
   * @param {Cursor} cursor
   * @param {StreamEntry} entry
   * @param {boolean} isWanted
   */
  #pass(cursor, entry, isWanted) {
    const seq = Number(entry.seq);
    if (seq <= cursor.read) return;
    cursor.read = seq;
    if (!isWanted) return;
    const epoch = this.#epochOf(cursor);
    const previous = cursor.sent === seq - 1 ? null : cursor.sent;
    const isHistory = seq <= cursor.historyThrough;
    cursor.sent = seq;
    this.#moved.add(cursor);
    this.#client.outbox.send(wireEvent(entry, { epoch, previous, isHistory }));
  }

  /**
   * @param {Cursor} cursor
   * @param {number} to
   */
  #tellGap(cursor, to) {
    const { topic } = cursor;
    const from = cursor.sent + 1;
    cursor.sent = cursor.read = to;
    this.#moved.add(cursor);
    this.#services.counters.gaps += 1;
    this.#client.reply({ type: 'gap', topic, epoch: this.#epochOf(cursor), from, to });
  }

  /** @param {StreamEntry} entry */
  #deliverEverything(entry) {
    if (this.#everything === undefined || this.#cursors.has(entry.topic)) return false;
    if (this.#everything !== null && !eventMatches(this.#everything, entry.event)) return false;
    this.#client.outbox.offer(sharedWireEvent(entry));
    return true;
  }

  /**
   * @param {Cursor} cursor
   * @param {StreamEntry} entry
   */
  #wants({ filters }, { event }) {
    if (filters === null || this.#everything === null || eventMatches(filters, event)) return true;
    return this.#everything !== undefined && eventMatches(this.#everything, event);
  }

  /** @param {Cursor} cursor */
  #position(cursor) {
    return { topic: cursor.topic, epoch: this.#epochOf(cursor), seq: cursor.sent };
  }

  /** @param {Cursor} cursor */
  #epochOf({ topic, epoch }) {
    return epochFor(topic, epoch, this.#client.user.id);
  }
}
