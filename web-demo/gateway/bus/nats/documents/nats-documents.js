/**
 * Documents in a bucket of JetStream's key-value store, which the first gateway makes. Each connection opens
 * it anew, and is told what was changed since the one before.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { keyOf } from '../stream/subjects.js';

/** @typedef {import('../../documents.js').Documents} Documents */
/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */

/**
 * @typedef {object} NatsDocumentsParts
 * @property {import('../library.js').NatsLibrary} library
 * @property {string} bucket
 * @property {number} replicas
 * @property {boolean} isWatched True when somebody wants to be told of changes.
 * @property {(error?: Error) => Error} unavailable
 * @property {import('../../bus.js').BusServices} services
 */

const TIMEOUT_MS = 3000;
/** A longer one is 0x01, and then `deflate-raw` of its JSON: a message of NATS has 1 MiB. */
const LONGEST_PLAIN_BYTES = 64 * 1024;
const DEFLATED = 0x01;
const WRONG_LAST_SEQUENCE = 10071;

/** @implements {Documents} */
export class NatsDocuments {
  #parts;
  /** @type {import('@nats-io/kv').KV | null} */
  #bucket = null;
  /** The first change that was not told yet; null before the first connection. @type {number | null} */
  #next = null;

  /** @type {Documents['changed']} */
  changed = () => {};

  /** @param {NatsDocumentsParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {NatsConnection} connection
   * @param {import('@nats-io/jetstream').JetStreamManager} manager
   */
  async open(connection, manager) {
    const { library, bucket: name, replicas, isWatched } = this.#parts;
    const client = library.jetstream.jetstream(connection, { timeout: TIMEOUT_MS });
    // What was put through any gateway is read through every other: from the leader, not from whoever is near.
    const options = { replicas, history: 1, allow_direct: false };
    const bucket = await new library.kv.Kvm(client).create(name, options);
    const { streamInfo } = await bucket.status();
    const { config, state } = streamInfo;
    if (config.num_replicas !== replicas)
      await manager.streams.update(config.name, { ...config, num_replicas: replicas });
    this.#next ??= state.last_seq + 1;
    // A bucket that was made anew begins at 1 again.
    this.#next = Math.min(this.#next, state.last_seq + 1);
    if (isWatched) void this.#watch(bucket, this.#next);
    this.#bucket = bucket;
  }

  /** There is no connection any more. */
  lose() {
    this.#bucket = null;
  }

  /**
   * @param {string} name
   * @returns {Promise<import('../../documents.js').Document | null>}
   */
  async get(name) {
    const entry = await this.#ask((bucket) => bucket.get(keyOf(name)));
    if (entry === null) return null;
    const isThere = entry.operation === 'PUT';
    return { value: isThere ? read(entry.value) : null, revision: entry.revision };
  }

  /**
   * @param {string} name
   * @param {unknown} value
   * @param {number} revision
   * @returns {Promise<boolean>}
   */
  put(name, value, revision) {
    return this.#ask(async (bucket) => {
      try {
        await bucket.put(keyOf(name), write(value), { previousSeq: revision });
        return true;
      } catch (error) {
        if (/** @type {{ code?: unknown }} */ (error).code === WRONG_LAST_SEQUENCE) return false;
        throw error;
      }
    });
  }

  /**
   * @template T
   * @param {(bucket: import('@nats-io/kv').KV) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #ask(work) {
    if (this.#bucket === null) throw this.#parts.unavailable();
    try {
      return await work(this.#bucket);
    } catch (error) {
      throw this.#parts.unavailable(/** @type {Error} */ (error));
    }
  }

  /**
   * @param {import('@nats-io/kv').KV} bucket
   * @param {number} from
   */
  async #watch(bucket, from) {
    try {
      for await (const entry of await bucket.watch({ resumeFromRevision: from })) {
        this.#next = entry.revision + 1;
        if (entry.operation === 'PUT') this.changed(read(entry.value));
      }
    } catch (error) {
      // With the connection its watchers end; the next one begins where this one was.
      if (this.#bucket === bucket)
        this.#parts.services.logger.error(
          `changes in ${this.#parts.bucket} are not told until NATS is connected anew: ${/** @type {Error} */ (error).message}`,
        );
    }
  }
}

/**
 * @param {unknown} value
 * @returns {Uint8Array}
 */
function write(value) {
  const bytes = Buffer.from(JSON.stringify(value));
  if (bytes.length <= LONGEST_PLAIN_BYTES) return bytes;
  return Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(bytes)]);
}

/**
 * @param {Uint8Array} bytes
 * @returns {unknown}
 */
function read(bytes) {
  const isDeflated = bytes[0] === DEFLATED;
  return JSON.parse(String(isDeflated ? inflateRawSync(bytes.subarray(1)) : Buffer.from(bytes)));
}
