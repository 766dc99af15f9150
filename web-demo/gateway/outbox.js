/**
 * What one client still has to be sent. Events go out one per frame, or grouped into `batch`
 * frames. When more than the limit waits in the socket, the client counts as slow: from then on
 * only the newest update and the newest metrics of each bill are kept, what they replace is counted
 * as dropped, and the kept ones are sent when the socket has drained. So a slow client costs
 * bounded memory and never delays another.
 */

/**
 * @typedef {object} OutboxOptions
 * @property {number} bufferLimitBytes Above this many waiting bytes a client is slow.
 * @property {number} batchSize Events per `batch` frame; 1 sends each event alone.
 * @property {number} batchIntervalMs An incomplete batch is sent after this time.
 * @property {import('./clock.js').Clock} clock
 */

const GATHERED_BATCH_SIZE = 50;

export class Outbox {
  #webSocket;
  #socket;
  #options;
  /** @type {import('./event.js').GatewayEvent[]} */
  #batch = [];
  /** @type {unknown} */
  #batchTimer = null;
  /** @type {Map<string, import('./event.js').GatewayEvent>} */
  #kept = new Map();
  #corked = false;
  #closed = false;
  #gathering = false;

  /**
   * @param {import('ws').WebSocket} webSocket
   * @param {import('node:stream').Duplex} socket The connection below the WebSocket.
   * @param {OutboxOptions} options
   */
  constructor(webSocket, socket, options) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#options = options;
    // A stream tells of draining only when more than its own mark was waiting.
    this.limitBytes = Math.max(options.bufferLimitBytes, socket.writableHighWaterMark);
    /** Events handed to the socket. */
    this.sent = 0;
    /** Events replaced by newer ones before they could be sent. */
    this.dropped = 0;
    /** Set by those who waited for this client in vain; a drain clears it. */
    this.isStuck = false;
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

  /** More waits than a client that keeps up would leave, unless it is known to be stuck. */
  get isCongested() {
    return !this.isStuck && this.bufferedBytes > this.limitBytes / 4;
  }

  /** Events kept for later because the client is slow. */
  get keptEvents() {
    return this.#kept.size;
  }

  /** @param {import('./event.js').GatewayEvent} event */
  offer(event) {
    if (this.#closed) return;
    if (this.isSlow || this.bufferedBytes > this.limitBytes) this.#keep(event);
    else if (this.#gathering || this.#options.batchSize > 1) this.#addToBatch(event);
    else {
      this.sent += 1;
      this.#write(event.frame);
    }
  }

  /**
   * Sends a reply after everything that was offered before it.
   * @param {string} json
   */
  reply(json) {
    if (this.#closed) return;
    this.#flushBatch();
    this.#write(json);
  }

  /** Sends nothing from now on. */
  close() {
    this.#flushBatch();
    this.#closed = true;
    this.#kept.clear();
    this.#options.clock.clearTimeout(this.#batchTimer);
  }

  /** @param {import('./event.js').GatewayEvent} event */
  #keep(event) {
    this.#flushBatch();
    if (this.#kept.delete(event.stateKey)) this.dropped += 1;
    this.#kept.set(event.stateKey, event);
  }

  #drained() {
    this.isStuck = false;
    for (const [key, event] of this.#kept) {
      if (this.bufferedBytes > this.limitBytes) return;
      this.#kept.delete(key);
      this.sent += 1;
      this.#write(event.frame);
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

  /** @param {import('./event.js').GatewayEvent} event */
  #addToBatch(event) {
    const { batchSize } = this.#options;
    this.#batch.push(event);
    const enough = this.#gathering ? Math.max(batchSize, GATHERED_BATCH_SIZE) : batchSize;
    if (this.#batch.length >= enough) this.#flushBatch();
    else if (!this.#gathering) this.#flushLater();
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
    this.sent += batch.length;
    if (batch.length === 1) this.#write(/** @type {any} */ (batch[0]).frame);
    else this.#write(`{"type":"batch","messages":[${batch.map((event) => event.json).join(',')}]}`);
  }

  /**
   * All frames written in one turn of the event loop leave in one system call.
   * @param {string | Buffer} payload
   */
  #write(payload) {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#webSocket.send(payload, { binary: false });
  }
}
