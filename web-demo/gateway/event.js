/**
 * An event: one message about one bill, checked, with its timestamp, and with its JSON made once for
 * all subscribers.
 */

/** @typedef {import('./fields.js').Fields} Fields */

/**
 * @typedef {object} BillUpdate One entry of `batched_updates`.
 * @property {unknown} bill_id As the publisher wrote it.
 * @property {string} type
 * @property {Fields} data
 * @property {unknown} timestamp
 */

export const UPDATE_TYPES = [
  'status_change',
  'new_comment',
  'amendment',
  'voting_scheduled',
  'engagement_change',
  'constitutional_flag',
  'expert_analysis',
];

export const MAXIMUM_BATCH_DEPTH = 4;

export class GatewayEvent {
  /** @type {Buffer | null} */
  #frame = null;

  /**
   * @param {string} billId
   * @param {string} type In snake_case.
   * @param {Fields} message
   * @param {BillUpdate[]} updates Empty for metrics.
   * @param {Fields | null} metrics Null for updates.
   */
  constructor(billId, type, message, updates, metrics) {
    this.billId = billId;
    this.topic = `bill:${billId}`;
    this.type = type;
    this.message = message;
    this.updates = updates;
    this.metrics = metrics;
    this.json = JSON.stringify(message);
    /** What a newer event of the same key makes obsolete for a client that is too slow. */
    this.stateKey = `${billId} ${metrics === null ? 'update' : 'metrics'}`;
  }

  /** @returns {Buffer} The text frame's payload, encoded once for all subscribers. */
  get frame() {
    this.#frame ??= Buffer.from(this.json);
    return this.#frame;
  }
}
