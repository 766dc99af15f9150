/** The documents of every kind that is asked for: one bucket each, opened through one connection after the other. */

import { NatsDocuments } from './nats-documents.js';

/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */
/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {Omit<import('./nats-documents.js').NatsDocumentsParts, 'bucket' | 'isWatched'>} BucketsParts */

export class Buckets {
  /** @type {Map<import('../../documents.js').DocumentKind, NatsDocuments>} */
  #documents = new Map();
  #parts;

  /** @param {BucketsParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {import('../../documents.js').DocumentKind} kind
   * @returns {NatsDocuments} The same ones each time.
   */
  documents(kind) {
    const known = this.#documents.get(kind);
    if (known !== undefined) return known;
    const isWatched = kind === 'preferences';
    const made = new NatsDocuments({ ...this.#parts, bucket: `civic-${kind}`, isWatched });
    this.#documents.set(kind, made);
    return made;
  }

  /**
   * @param {NatsConnection} connection
   * @param {JetStreamManager} manager
   */
  async open(connection, manager) {
    for (const documents of this.#documents.values()) await documents.open(connection, manager);
  }

  /** There is no connection any more. */
  lose() {
    for (const documents of this.#documents.values()) documents.lose();
  }
}
