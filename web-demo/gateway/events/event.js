/**
 * An event: one message, checked, with its timestamp, with everybody it concerns, and with its JSON
 * made once for all subscribers.
 */

/** @typedef {import('./fields.js').Fields} Fields */

/**
 * @typedef {object} BillUpdate One entry of `batched_updates`.
 * @property {unknown} bill_id As the publisher wrote it.
 * @property {string} type
 * @property {Fields} data
 * @property {unknown} timestamp
 */

/**
 * @typedef {object} EventParts
 * @property {string} type In snake_case.
 * @property {Fields} message As it goes over the wire.
 * @property {string[]} topics Whoever subscribed to any of them gets it, once; the first is its stream.
 * @property {string} stateKey What a newer event of the same key makes obsolete for a client that is too slow.
 * @property {string | null} [billId]
 * @property {BillUpdate[]} [updates] What happened to bills; empty for everything else.
 * @property {Fields | null} [metrics]
 * @property {Fields} [fields] What the reader found, by snake_case name, whichever spelling it came in.
 * @property {string | null} [userId] Only this user's connections get it; null is everybody.
 * @property {boolean} [isLasting] False when nobody needs it later: it has no place in the stream.
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
export const EXPERT_STREAM = 'expert:updates';

/** @type {BillUpdate[]} */
const NO_UPDATES = [];
/** @type {Fields} */
const NO_FIELDS = Object.freeze({});

export class GatewayEvent {
  /** @type {Buffer | null} */
  #frame = null;

  /** @param {EventParts} parts */
  constructor(parts) {
    this.type = parts.type;
    this.message = parts.message;
    this.topics = parts.topics;
    this.stateKey = parts.stateKey;
    this.billId = parts.billId ?? null;
    this.updates = parts.updates ?? NO_UPDATES;
    this.metrics = parts.metrics ?? null;
    this.fields = parts.fields ?? NO_FIELDS;
    this.userId = parts.userId ?? null;
    this.isLasting = parts.isLasting ?? true;
    this.json = JSON.stringify(parts.message);
    /** How much of it history counts. */
    this.bytes = Buffer.byteLength(this.json);
  }

  /** @returns {string} The stream it belongs to. */
  get topic() {
    return /** @type {string} */ (this.topics[0]);
  }

  /** @returns {Buffer} The text frame's payload, encoded once for all subscribers. */
  get frame() {
    this.#frame ??= Buffer.from(this.json);
    return this.#frame;
  }
}

/**
 * @param {string} topic A topic a page asks for.
 * @returns {string} The stream whose events its subscribers get.
 */
export function streamOf(topic) {
  if (topic.startsWith('community:')) return `discussion:${topic.slice('community:'.length)}`;
  return topic.startsWith('expert:') ? EXPERT_STREAM : topic;
}

/**
 * @param {string} billId
 * @param {string} type In snake_case.
 * @param {Fields} message
 * @param {BillUpdate[]} updates Empty for metrics.
 * @param {Fields | null} metrics Null for updates.
 * @returns {GatewayEvent}
 */
export function billEvent(billId, type, message, updates, metrics) {
  const stateKey = `${billId} ${metrics === null ? 'update' : 'metrics'}`;
  return new GatewayEvent({
    type,
    message,
    topics: [`bill:${billId}`],
    stateKey,
    billId,
    updates,
    metrics,
  });
}

/**
 * @param {string} discussionId
 * @returns {string[]} The two names under which a discussion is followed.
 */
export function discussionTopics(discussionId) {
  return [`discussion:${discussionId}`, `community:${discussionId}`];
}
