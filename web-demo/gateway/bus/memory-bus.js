/**
 * Streams in memory, for one gateway: the bus that needs nothing else. History is bounded by events and
 * bytes per stream, and by bytes over all of them: the stream that has been quiet longest gives its up
 * first. Nothing outlives the process, so every start is a new epoch.
 */

import { randomBytes } from 'node:crypto';
import { MemoryDocuments } from './memory-documents.js';
import { Shelf, inOrder } from './shelf.js';
import { StreamEntry } from './stream-entry.js';
import { Superseded } from './superseded.js';

/** @typedef {import('./bus.js').Bus} Bus */

/**
 * @typedef {object} MemoryBusLimits
 * @property {number} streamEvents Kept per stream and audience.
 * @property {number} streamBytes Kept per stream and audience.
 * @property {number} streamMemoryBytes Kept of all streams together.
 * @property {number} [maximumStreams]
 * @property {number} [maximumAudiences] Of one stream.
 */

/**
 * @typedef {object} Stream
 * @property {number} seq Of the newest event, whoever it was for.
 * @property {Shelf} everybody
 * @property {Map<string, Shelf>} audiences By user id, quiet longest first.
 * @property {number} audienceFloor What audiences that are not here any more had begins after this.
 */

const MAXIMUM_STREAMS = 100_000;
const MAXIMUM_AUDIENCES = 10_000;
const EPOCH_BYTES = 9;

/** @implements {Bus} */
export class MemoryBus {
  #epoch = randomBytes(EPOCH_BYTES).toString('base64url');
  /** By topic, quiet longest first. @type {Map<string, Stream>} */
  #streams = new Map();
  /** The highest number of any stream that was forgotten: no other may start below it. */
  #base = 0;
  #limits;
  /** @type {Set<string>} */
  #followed = new Set();
  /** @type {Map<string, MemoryDocuments>} By kind. */
  #documents = new Map();
  #bytes = 0;
  #events = 0;
  #evicted = 0;

  /** @type {Bus['receive']} */
  receive = () => {};

  /** @param {MemoryBusLimits} limits */
  constructor(limits) {
    this.#limits = {
      maximumStreams: MAXIMUM_STREAMS,
      maximumAudiences: MAXIMUM_AUDIENCES,
      ...limits,
    };
  }

  /**
   * @param {import('../events/event.js').GatewayEvent} event
   * @param {string | null} origin
   * @param {string | null} [_messageId] Whoever publishes remembers what was published, as long as this process does.
   * @param {number} [after]
   * @returns {import('./bus.js').Position | null}
   * @throws {Superseded}
   */
  publish(event, origin, _messageId, after) {
    if (!event.isLasting) {
      this.receive(new StreamEntry(event, null, null, origin));
      return null;
    }
    const stream = this.#touch(event.topic);
    if (after !== undefined && after !== stream.seq) throw new Superseded(stream.seq);
    const seq = (stream.seq += 1);
    const entry = new StreamEntry(event, this.#epoch, seq, origin);
    this.#keep(stream, entry, seq);
    this.receive(entry);
    return { epoch: this.#epoch, seq };
  }

  /** @param {import('./documents.js').DocumentKind} kind */
  documents(kind) {
    const known = this.#documents.get(kind) ?? new MemoryDocuments();
    this.#documents.set(kind, known);
    return known;
  }

  /** @param {string} topic */
  follow(topic) {
    this.#followed.add(topic);
  }

  /** @param {string} topic */
  unfollow(topic) {
    this.#followed.delete(topic);
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} count
   * @returns {import('./bus.js').Place}
   */
  locate(topic, audience, count) {
    const { shelves, seq, floor } = this.#view(topic, audience);
    const kept = inOrder(shelves.map((shelf) => shelf.last(count + 1)));
    const before = kept.at(-count - 1)?.seq ?? floor;
    const start = count === 0 ? seq : Math.max(floor, Math.min(before, seq));
    return { epoch: this.#epoch, seq, floor, start };
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} after
   * @param {number} limit
   * @returns {import('./bus.js').Replay}
   */
  replay(topic, audience, after, limit) {
    const { shelves, seq, floor } = this.#view(topic, audience);
    const from = Math.max(after, floor);
    const entries = inOrder(shelves.map((shelf) => shelf.after(from, limit))).slice(0, limit);
    return { epoch: this.#epoch, seq, floor, entries };
  }

  /** @returns {import('./bus.js').BusStats} */
  stats() {
    return {
      kind: 'memory',
      streams: this.#streams.size,
      followed: this.#followed.size,
      historyEvents: this.#events,
      historyBytes: this.#bytes,
      evictedEvents: this.#evicted,
    };
  }

  close() {
    this.#streams.clear();
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   */
  #view(topic, audience) {
    const stream = this.#streams.get(topic);
    if (stream === undefined) return { shelves: [], seq: this.#base, floor: this.#base };
    const own = audience === null ? undefined : stream.audiences.get(audience);
    const shelves = own === undefined ? [stream.everybody] : [stream.everybody, own];
    const floors = shelves.map((shelf) => shelf.floor);
    if (own === undefined && audience !== null) floors.push(stream.audienceFloor);
    const floor = Math.max(...floors);
    return { shelves, seq: Math.max(floor, ...shelves.map(({ newest }) => newest)), floor };
  }

  /**
   * @param {string} topic
   * @returns {Stream} Now the one that was not quiet.
   */
  #touch(topic) {
    let stream = this.#streams.get(topic);
    if (stream === undefined) {
      const base = this.#base;
      stream = { seq: base, everybody: new Shelf(base), audiences: new Map(), audienceFloor: base };
    } else this.#streams.delete(topic);
    this.#streams.set(topic, stream);
    if (this.#streams.size > this.#limits.maximumStreams) this.#forgetQuietest();
    return stream;
  }

  /**
   * @param {Stream} stream
   * @param {StreamEntry} entry
   * @param {number} seq
   */
  #keep(stream, entry, seq) {
    const { streamEvents, streamBytes, streamMemoryBytes, maximumAudiences } = this.#limits;
    const { userId } = entry.event;
    const { audiences } = stream;
    let shelf = stream.everybody;
    if (userId !== null) {
      shelf = audiences.get(userId) ?? new Shelf(stream.audienceFloor);
      audiences.delete(userId);
      audiences.set(userId, shelf);
    }
    this.#account(shelf, () => {
      shelf.add(entry, seq);
      return shelf.trim(streamEvents, streamBytes);
    });
    if (audiences.size > maximumAudiences) this.#forgetAudience(stream);
    if (this.#bytes > streamMemoryBytes) this.#shed(streamMemoryBytes);
  }

  /** @param {number} maximumBytes */
  #shed(maximumBytes) {
    for (const stream of this.#streams.values()) {
      if (this.#bytes <= maximumBytes) return;
      this.#empty(stream.everybody);
      for (const shelf of stream.audiences.values()) this.#empty(shelf);
    }
  }

  /** @param {Stream} stream */
  #forgetAudience(stream) {
    for (const [audience, shelf] of stream.audiences) {
      stream.audiences.delete(audience);
      stream.audienceFloor = Math.max(stream.audienceFloor, shelf.newest);
      this.#empty(shelf);
      return;
    }
  }

  #forgetQuietest() {
    for (const [topic, stream] of this.#streams) {
      this.#empty(stream.everybody);
      for (const shelf of stream.audiences.values()) this.#empty(shelf);
      this.#streams.delete(topic);
      this.#base = Math.max(this.#base, stream.seq);
      return;
    }
  }

  /** @param {Shelf} shelf */
  #empty(shelf) {
    this.#account(shelf, () => shelf.trim(0, 0));
  }

  /**
   * @param {Shelf} shelf
   * @param {() => number} change Answers with how many entries went.
   */
  #account(shelf, change) {
    const { size, bytes } = shelf;
    this.#evicted += change();
    this.#events += shelf.size - size;
    this.#bytes += shelf.bytes - bytes;
  }
}
