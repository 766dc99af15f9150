/**
 * One topic that is followed: what is heard of it, in order, and what was missed, from history. A topic with
 * events for single users has several lanes, which are one order.
 */

/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('../../stream-entry.js').StreamEntry} StreamEntry */
/** @typedef {import('../stream/history.js').History} History */

/**
 * @typedef {object} Heard A stored event that was told, or read.
 * @property {Lane} lane
 * @property {number} seq
 * @property {number | null} previous The number of the subject's event before it; null when it was read, and none is missed.
 * @property {() => StreamEntry | null} read Null when it is no event.
 */

/**
 * @typedef {object} ChannelParts
 * @property {() => History | null} history Null while there is no connection.
 * @property {(lane: Lane, entry: StreamEntry) => void} deliver
 * @property {(lane: Lane, history: History) => Promise<void>} recall Reads what was before it was followed.
 * @property {(topic: string, audience: string | null) => void} lost Events will never be delivered.
 * @property {(topic: string, audience: string | null) => void} late An event comes after one with a higher number.
 * @property {() => void} doubt A number was heard again: the stream may be another one.
 * @property {(error: Error, retry: () => void) => void} failed History could not be read.
 */

const SLICE_EVENTS = 512;
const MOST_WAITING = 10_000;

export class Channel {
  #parts;
  /** Heard while something is read. @type {Heard[]} */
  #waiting = [];
  #isReading = false;
  /** Those of which something was missed. @type {Set<Lane>} */
  #missing = new Set();
  /** Those who wait until a lane is placed. @type {Map<Lane, { promise: Promise<void>, resolve: () => void, reject: (error: Error) => void }>} */
  #placing = new Map();
  /** By audience. @type {Map<string | null, Lane>} */
  lanes = new Map();

  /**
   * @param {string} topic
   * @param {ChannelParts} parts
   */
  constructor(topic, parts) {
    this.topic = topic;
    this.#parts = parts;
  }

  /** @param {string | null} audience */
  close(audience) {
    const lane = this.lanes.get(audience);
    if (lane === undefined) return;
    this.lanes.delete(audience);
    lane.subscription?.unsubscribe();
    this.#missing.delete(lane);
    this.#settle(lane, new Error('nobody follows it any more'));
  }

  /**
   * @param {Lane} lane
   * @returns {Promise<void>} Settles when it is known where the lane stands.
   */
  placed(lane) {
    if (lane.isPlaced) return Promise.resolve();
    let waiting = this.#placing.get(lane);
    if (waiting === undefined) {
      const resolvers = withResolvers();
      waiting = resolvers;
      waiting.promise.catch(() => {});
      this.#placing.set(lane, waiting);
    }
    return waiting.promise;
  }

  /** @param {Heard} heard */
  hear(heard) {
    if (!this.#isReading && this.#take(heard)) return;
    this.#waiting.push(heard);
    // What is dropped here is in the stream, and is read from there.
    if (this.#waiting.length > MOST_WAITING)
      for (const { lane } of this.#waiting.splice(0)) this.#missing.add(lane);
    void this.#read();
  }

  /**
   * Looks into history for what was missed.
   * @param {Iterable<Lane>} [lanes]
   */
  bring(lanes = this.lanes.values()) {
    for (const lane of lanes) this.#missing.add(lane);
    void this.#read();
  }

  /** The stream is another one: everything begins anew. */
  forget() {
    this.#waiting = [];
    for (const lane of this.lanes.values()) lane.isPlaced = false;
  }

  /** @param {Error} error Whoever waits is told. */
  fail(error) {
    for (const lane of [...this.#placing.keys()]) this.#settle(lane, error);
  }

  /**
   * @param {Heard} heard
   * @returns {boolean} False when something is missed before it.
   */
  #take({ lane, seq, previous, read }) {
    if (this.lanes.get(lane.audience) !== lane) return true;
    if (!lane.isPlaced || (previous !== null && previous > lane.position)) {
      this.#missing.add(lane);
      lane.awaits = Math.max(lane.awaits, previous ?? 0);
      return false;
    }
    if (seq <= lane.position) {
      if (previous !== null) this.#parts.doubt();
      return true;
    }
    lane.position = seq;
    const entry = read();
    if (entry !== null) {
      this.#tellLate(lane, seq);
      this.#parts.deliver(lane, entry);
    }
    return true;
  }

  /**
   * @param {Lane} lane
   * @param {number} seq
   */
  #tellLate(lane, seq) {
    if (this.lanes.size === 1) return;
    if (lane.audience !== null) {
      if ((this.lanes.get(null)?.position ?? 0) > seq) this.#parts.late(this.topic, lane.audience);
      return;
    }
    for (const { audience, position } of this.lanes.values())
      if (audience !== null && position > seq) this.#parts.late(this.topic, audience);
  }

  async #read() {
    const history = this.#parts.history();
    if (this.#isReading || history === null) return;
    this.#isReading = true;
    try {
      while (this.#missing.size > 0) {
        const missing = [...this.#missing];
        this.#missing.clear();
        // Several lanes are complete up to a number that was given before any was read.
        const cap = this.lanes.size > 1 ? await history.newestOfAll() : Infinity;
        const found = await Promise.all(missing.map((lane) => this.#missed(lane, history, cap)));
        // The connection is another one: what was missed is asked for anew below.
        if (this.#parts.history() !== history) break;
        this.#takeAll(found.flat());
      }
    } catch (error) {
      if (this.#parts.history() === history)
        this.#parts.failed(/** @type {Error} */ (error), () => this.bring());
    } finally {
      this.#isReading = false;
    }
    if (this.#parts.history() !== history) void this.#read();
  }

  /**
   * @param {Lane} lane
   * @param {History} history
   * @param {number} cap
   * @returns {Promise<Heard[]>}
   */
  async #missed(lane, history, cap) {
    if (!lane.isPlaced) {
      const { seq, floor } = await history.place(lane.subject);
      lane.placeAt(seq, floor);
      // Without it the gateway knows less of what was; nobody may wait for ever because of that.
      await this.#parts.recall(lane, history).catch(() => {});
      this.#settle(lane, null);
      return [];
    }
    /** @type {Heard[]} */
    const found = [];
    const target = Math.min(cap, Math.max(lane.awaits, await history.newest(lane.subject)));
    let after = lane.position;
    for (let isAll = false; !isAll;) {
      const slice = await history.readUpTo(lane.subject, after, SLICE_EVENTS, target);
      if (slice.floor > after) {
        lane.skipTo(slice.floor);
        this.#parts.lost(this.topic, lane.audience);
      }
      for (const entry of slice.entries)
        if (Number(entry.seq) <= cap)
          found.push({ lane, seq: Number(entry.seq), previous: null, read: () => entry });
      after = Math.max(after, slice.through, slice.floor);
      isAll = slice.isAll;
    }
    // What is no event has a number, too.
    if (after > lane.position && after <= cap)
      found.push({ lane, seq: after, previous: null, read: () => null });
    return found;
  }

  /** @param {Heard[]} found */
  #takeAll(found) {
    const all = [...found, ...this.#waiting].sort((a, b) => a.seq - b.seq);
    this.#waiting = [];
    for (const [index, heard] of all.entries()) {
      if (this.#take(heard)) continue;
      this.#waiting = all.slice(index);
      return;
    }
  }

  /**
   * @param {Lane} lane
   * @param {Error | null} error
   */
  #settle(lane, error) {
    const waiting = this.#placing.get(lane);
    this.#placing.delete(lane);
    if (error === null) waiting?.resolve();
    else waiting?.reject(error);
  }
}

/** @returns {{ promise: Promise<void>, resolve: () => void, reject: (error: Error) => void }} */
function withResolvers() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
