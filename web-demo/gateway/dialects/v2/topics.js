/** What a page asks for in `subscribe` and `unsubscribe`. */

import { streamOf } from '../../events/event.js';
import { describe, isObject, readBillId, readId } from '../../events/fields.js';
import { readFilters } from '../../events/filters.js';
import { FrameError } from '../v1/fields.js';
import { PLAIN_TOPICS } from '../v1/topics.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */

/**
 * @typedef {object} Wish
 * @property {string} topic The stream.
 * @property {{ epoch: string, seq: number } | null} since
 * @property {import('../../events/filters.js').Filters | null} filters
 */

const TOPIC_RULE =
  'bill:ID, discussion:ID, community:ID, expert:updates, expert:ID, moderation:events, user_notifications, or *';
const STREAM_KINDS = ['discussion', 'community', 'expert'];
const LONGEST_EPOCH_BYTES = 64;
const SINCE_RULE = `{epoch, seq}: a text of 1 to ${LONGEST_EPOCH_BYTES} bytes, and a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;

/**
 * @param {Fields} message
 * @param {string} command
 * @returns {unknown[]} What stands in `topics`: any number.
 */
export function requireTopics({ topics }, command) {
  if (Array.isArray(topics)) return topics;
  throw new FrameError(`${command}: topics is ${describe(topics)}; allowed: an array`);
}

/**
 * @param {unknown} name A topic; several may stand for one stream.
 * @param {string} command
 * @returns {string} The stream.
 */
export function requireStream(name, command) {
  if (typeof name === 'string') {
    if (PLAIN_TOPICS.includes(name)) return name;
    const [, kind = '', id = ''] = /^([a-z]+):(.*)$/s.exec(name) ?? [];
    const billId = readBillId(id);
    // The page knows a stream by its name, so 007 must not be answered as 7.
    const isUsual = billId === null || billId === id;
    if (kind === 'bill' && billId === id) return name;
    if (isUsual && STREAM_KINDS.includes(kind) && readId(id) !== undefined) return streamOf(name);
  }
  throw new FrameError(`${command}: topic is ${describe(name)}; allowed: ${TOPIC_RULE}`);
}

/**
 * @param {unknown} asked One of `topics` of a `subscribe`.
 * @returns {Wish}
 */
export function readWish(asked) {
  if (!isObject(asked))
    throw new FrameError(`subscribe: topics has ${describe(asked)}; allowed: objects {topic}`);
  const topic = requireStream(asked.topic, 'subscribe');
  const read = readFilters(asked.filters);
  if ('error' in read) throw new FrameError(`subscribe: ${read.error}`);
  return { topic, since: readSince(asked.since), filters: read.filters };
}

/**
 * @param {unknown} since
 * @returns {Wish['since']}
 */
function readSince(since) {
  if (since === undefined || since === null) return null;
  const { epoch, seq } = isObject(since) ? since : {};
  const isEpoch =
    typeof epoch === 'string' && epoch !== '' && Buffer.byteLength(epoch) <= LONGEST_EPOCH_BYTES;
  if (isEpoch && Number.isSafeInteger(seq) && Number(seq) >= 0) return { epoch, seq: Number(seq) };
  throw new FrameError(`subscribe: since is ${describeSince(since)}; allowed: ${SINCE_RULE}`);
}

/** @param {unknown} since */
function describeSince(since) {
  if (!isObject(since)) return describe(since);
  return `{epoch: ${describe(since.epoch)}, seq: ${describe(since.seq)}}`;
}
