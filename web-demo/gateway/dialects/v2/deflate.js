/**
 * Deflated frames: 0x01, then `deflate-raw` of the JSON. Deflating is a courtesy and must not hold
 * anybody up, so in one turn of the event loop only so much is deflated, and the rest leaves as text.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** @typedef {import('../../connections/frame.js').Sendable} Sendable */

export const COMPRESSION = 'deflate-raw';
export const DEFLATED_FRAME = 0x01;

const SMALLEST_BYTES = 1024;
const BYTES_PER_TURN = 1024 * 1024;
const LEVEL = 3;

/** What a deflated frame holds is larger than is allowed. */
export class TooLarge extends Error {}

export class Deflate {
  #left = BYTES_PER_TURN;
  /** Bytes of frames that were sent deflated, and what they would have been; the same of received ones. */
  counts = { sentBytes: 0, sentInflatedBytes: 0, receivedBytes: 0, receivedInflatedBytes: 0 };

  /**
   * @param {Sendable} sendable
   * @returns {Buffer | null} A binary frame's payload; null when it leaves as text.
   */
  deflate(sendable) {
    if (sendable.json.length <= SMALLEST_BYTES / 4) return null;
    const { frame } = sendable;
    if (frame.length <= SMALLEST_BYTES) return null;
    if (sendable.deflated === undefined) {
      if (this.#left <= 0) return null;
      this.#spend(frame.length);
      sendable.deflated = deflated(frame);
    }
    if (sendable.deflated !== null) {
      this.counts.sentBytes += sendable.deflated.length;
      this.counts.sentInflatedBytes += frame.length;
    }
    return sendable.deflated;
  }

  /**
   * @param {Buffer} data With its first byte.
   * @param {number} maximumBytes
   * @returns {Buffer}
   * @throws {TooLarge} When it would be larger; any other error says what is wrong with the data.
   */
  inflate(data, maximumBytes) {
    let inflated;
    try {
      inflated = inflateRawSync(data.subarray(1), { maxOutputLength: maximumBytes });
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge();
      throw error;
    }
    this.counts.receivedBytes += data.length;
    this.counts.receivedInflatedBytes += inflated.length;
    return inflated;
  }

  /** @param {number} bytes */
  #spend(bytes) {
    if (this.#left === BYTES_PER_TURN)
      setImmediate(() => {
        this.#left = BYTES_PER_TURN;
      });
    this.#left -= bytes;
  }
}

/**
 * @param {Buffer} frame
 * @returns {Buffer | null} Null when it would not be smaller.
 */
function deflated(frame) {
  const rest = deflateRawSync(frame, { level: LEVEL });
  return rest.length + 1 < frame.length ? Buffer.concat([Buffer.of(DEFLATED_FRAME), rest]) : null;
}
