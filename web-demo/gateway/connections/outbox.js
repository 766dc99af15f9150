/**
 * What one client still has to be sent. Events go out one per frame, or grouped into `batch`
 * frames. When more than the limit waits in the socket, the client counts as slow: of what is offered
 * from then on only the newest update and the newest metrics of each bill are kept, what they replace
 * is counted as dropped, and the kept ones are sent when the socket has drained. Whoever may lose
 * nothing asks `isWritable` and sends later. So a slow client costs bounded memory and never delays
 * another.
 */

import { Frame } from './frame.js';

/** @typedef {import('./frame.js').Sendable} Sendable */
/** @typedef {import('./frame.js').SendableEvent} SendableEvent */

/**
 * @typedef {object} OutboxOptions
 * @property {number} bufferLimitBytes Above this many waiting bytes a client is slow.
 * @property {number} batchSize Events per `batch` frame; 1 sends each event alone.
 * @property {number} batchIntervalMs An incomplete batch is sent after this time.
 * @property {import('../clock.js').Clock} clock
 */

const GATHERED_BATCH_SIZE = 50;
const LARGEST_BATCH_CHARACTERS = 256 * 1024;

export class Outbox {
  #webSocket;
  #socket;
  #options;
  #batches;
  /** @type {Sendable[]} */
  #batch = [];
  #batchCharacters = 0;
  /** @type {unknown} */
  #batchTimer = null;
  /** @type {Map<string, SendableEvent>} */
  #kept = new Map();
  #roomBytes;
  #corked = false;
  #closed = false;
  #gathering = false;

  /**
   * @param {import('ws').WebSocket} webSocket
   * @param {import('node:stream').Duplex} socket The connection below the WebSocket.
   * @param {OutboxOptions} options
   * @param {import('./batch-frames.js').BatchFrames} batches Shared by all clients.
   */
  constructor(webSocket, socket, options, batches) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#options = options;
    this.#batches = batches;
    // A stream tells of draining only when more than its own mark was waiting.
    this.limitBytes = Math.max(options.bufferLimitBytes, socket.writableHighWaterMark);
    this.#roomBytes = Math.max(
      Math.min(LARGEST_BATCH_CHARACTERS, options.bufferLimitBytes),
      socket.writableHighWaterMark,
    );
    /** Events handed to the socket. */
    this.sent = 0;
    /** Events replaced by newer ones before they could be sent. */
    this.dropped = 0;
    /** Set by those who waited for this client in vain; a drain clears it. */
    this.isStuck = false;
    /** Set when the client takes deflated frames. @type {import('../dialects/v2/deflate.js').Deflate | null} */
    this.deflate = null;
    socket.on('drain', () => this.#drained());
  }

  /** Called after each drain of the socket. @type {() => void} */
  onDrain = () => {};

  get bufferedBytes() {
    return this.#webSocket.bufferedAmount;
  }

  get isSlow() {
    return this.#kept.size > 0;
  }

  /** Less waits than makes a client slow. */
  get isWritable() {
    return this.bufferedBytes <= this.limitBytes;
  }

  /** More can be sent without much waiting here, and when it cannot, a drain will come. */
  get hasRoom() {
    return this.bufferedBytes + this.#batchCharacters < this.#roomBytes;
  }

  /** More waits than a client that keeps up would leave, unless it is known to be stuck. */
  get isCongested() {
    return !this.isStuck && this.bufferedBytes > this.limitBytes / 4;
  }

  /** Events kept for later because the client is slow. */
  get keptEvents() {
    return this.#kept.size;
  }

  /**
   * Sends an event, or keeps it until a newer one takes its place.
   * @param {SendableEvent} event
   */
  offer(event) {
    if (this.#closed) return;
    if (this.isSlow || !this.isWritable) this.#keep(event);
    else this.send(event);
  }

  /** @param {Sendable} event Sent in any case, alone or in a group. */
  send(event) {
    if (this.#closed) return;
    if (this.#gathering || this.#options.batchSize > 1) {
      this.#addToBatch(event);
      return;
    }
    this.sent += 1;
    this.#write(event);
  }

  /**
   * Sends a reply after everything that was offered before it.
   * @param {string} json
   */
  reply(json) {
    if (this.#closed) return;
    this.#flushBatch();
    this.#write(new Frame(json));
  }

  /** Sends nothing from now on. */
  close() {
    this.#flushBatch();
    this.#closed = true;
    this.#kept.clear();
    this.#options.clock.clearTimeout(this.#batchTimer);
  }

  /** @param {SendableEvent} event */
  #keep(event) {
    this.#flushBatch();
    if (this.#kept.delete(event.stateKey)) this.dropped += 1;
    this.#kept.set(event.stateKey, event);
  }

  #drained() {
    this.isStuck = false;
    for (const [key, event] of this.#kept) {
      if (!this.isWritable) return;
      this.#kept.delete(key);
      this.sent += 1;
      this.#write(event);
    }
    this.onDrain();
  }

  /** From now on events are grouped, whatever the options say. */
  gather() {
    this.#gathering = true;
  }

  /** Ends `gather`: what was grouped is sent, or waits as the options say. */
  release() {
    this.#gathering = false;
    if (this.#options.batchSize === 1) this.#flushBatch();
    else if (this.#batch.length > 0) this.#flushLater();
  }

  /** @param {Sendable} event */
  #addToBatch(event) {
    const { batchSize } = this.#options;
    if (this.#batchCharacters + event.json.length > LARGEST_BATCH_CHARACTERS) this.#flushBatch();
    this.#batch.push(event);
    this.#batchCharacters += event.json.length;
    const enough = this.#gathering ? Math.max(batchSize, GATHERED_BATCH_SIZE) : batchSize;
    if (this.#batch.length >= enough) this.#flushBatch();
    else if (!this.#gathering) this.#flushLater();
  }

  /** What is grouped is sent now. */
  flush() {
    this.#flushBatch();
  }

  #flushLater() {
    this.#batchTimer ??= this.#options.clock.setTimeout(
      () => this.#flushBatch(),
      this.#options.batchIntervalMs,
    );
  }

  #flushBatch() {
    if (this.#batchTimer !== null) this.#options.clock.clearTimeout(this.#batchTimer);
    this.#batchTimer = null;
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#batchCharacters = 0;
    this.sent += batch.length;
    this.#write(this.#batches.of(batch));
  }

  /**
   * All frames written in one turn of the event loop leave in one system call.
   * @param {Sendable} sendable
   */
  #write(sendable) {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    const deflated = this.deflate?.deflate(sendable) ?? null;
    this.#webSocket.send(deflated ?? sendable.frame, { binary: deflated !== null });
  }
}
