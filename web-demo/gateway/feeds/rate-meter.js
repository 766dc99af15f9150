/** How many messages a second were really published, over the last two seconds. */

const BUCKET_MS = 100;
const BUCKETS = 20;

export class RateMeter {
  #clock;
  /** Null before the first `reset`. @type {number | null} */
  #startMs = null;
  #counts = new Array(BUCKETS).fill(0);
  /** Of the newest bucket. */
  #bucket = 0;

  /** @param {import('../clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** Begins, and forgets what was, as when another rate begins. */
  reset() {
    this.#startMs = this.#clock.now();
    this.#counts.fill(0);
    this.#bucket = 0;
  }

  count() {
    this.#startMs ??= this.#clock.now();
    this.#catchUp(this.#startMs);
    this.#counts[this.#bucket % BUCKETS] += 1;
  }

  /** @returns {number} Messages per second, to one decimal. */
  perSecond() {
    if (this.#startMs === null) return 0;
    this.#catchUp(this.#startMs);
    const elapsedMs = this.#clock.now() - this.#startMs;
    const oldestMs = Math.max(0, this.#bucket - BUCKETS + 1) * BUCKET_MS;
    const spanMs = elapsedMs - oldestMs;
    if (spanMs <= 0) return 0;
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    return Math.round((total * 10_000) / spanMs) / 10;
  }

  /** @param {number} startMs */
  #catchUp(startMs) {
    // A bucket ends with its last moment, so that whole seconds hold what was due in them.
    const now = Math.max(0, Math.ceil((this.#clock.now() - startMs) / BUCKET_MS) - 1);
    const behind = Math.min(BUCKETS, now - this.#bucket);
    for (let step = 1; step <= behind; step += 1) this.#counts[(now - behind + step) % BUCKETS] = 0;
    this.#bucket = Math.max(this.#bucket, now);
  }
}
