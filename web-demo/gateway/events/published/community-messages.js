/**
 * Published news of people: comments, votes, typing, presence, discussions, experts, moderation. What
 * each message must and may have stands in one table; a field is looked for in the message, then in
 * its `data`.
 */

import {
  BILL_ID_RULE,
  ID_RULE,
  describe,
  isObject,
  readBillId,
  readField,
  readId,
  toSnakeCase,
} from '../fields.js';
import { EXPERT_STREAM, GatewayEvent, discussionTopics } from '../event.js';
import { PublishError, checkTopic, readAnywhere, requireObject, withTimestamp } from './fields.js';

/** @typedef {import('../fields.js').Fields} Fields */

const COMMUNITY_KINDS = [
  'new_discussion',
  'comment_added',
  'expert_joined',
  'consensus_change',
  'moderation_action',
  'trending_topic',
];
export const COMMENT_ACTIONS = ['created', 'updated', 'deleted'];
/** What nobody needs to know later. */
const PASSING_TYPES = ['typing_indicator', 'presence_update'];
export const VOTE_TYPES = ['support', 'oppose', 'neutral'];

/**
 * What a field may hold: answers with the value to work with, or undefined when it is not allowed.
 * @typedef {{ read: (value: unknown) => unknown, rule: string }} FieldRule
 */

/** @type {FieldRule} */
const ID = { read: readId, rule: ID_RULE };

/** @type {Record<string, FieldRule>} */
const FIELD_RULES = {
  bill_id: { read: (value) => readBillId(value) ?? undefined, rule: BILL_ID_RULE },
  discussion_id: ID,
  comment_id: ID,
  parent_id: ID,
  user_id: ID,
  expert_id: ID,
  target_id: ID,
  action: oneOf(COMMENT_ACTIONS),
  vote_type: oneOf(VOTE_TYPES),
  is_typing: {
    read: (value) => (typeof value === 'boolean' ? value : undefined),
    rule: 'true or false',
  },
  count: {
    read: (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined),
    rule: 'a whole number of at least 0',
  },
};

/**
 * @typedef {object} Shape
 * @property {string[]} required
 * @property {string[]} optional
 * @property {string} [topic] Where it goes when it does not belong to a discussion.
 */

/** @type {Record<string, Shape>} */
const SHAPES = {
  community_update: { required: [], optional: ['discussion_id', 'bill_id'] },
  typing_indicator: {
    required: ['bill_id', 'user_id'],
    optional: ['discussion_id', 'parent_id', 'is_typing'],
  },
  comment_update: {
    required: ['bill_id'],
    optional: ['discussion_id', 'comment_id', 'parent_id', 'user_id', 'action'],
  },
  vote_update: { required: ['bill_id', 'user_id', 'vote_type'], optional: ['discussion_id'] },
  presence_update: { required: ['bill_id', 'count'], optional: ['discussion_id'] },
  expert_activity: { required: ['expert_id'], optional: ['bill_id'], topic: EXPERT_STREAM },
  moderation_event: { required: ['target_id'], optional: [], topic: 'moderation:events' },
};

export const COMMUNITY_TYPES = Object.keys(SHAPES);

/**
 * @param {string} type One of `COMMUNITY_TYPES`.
 * @param {Fields} message
 * @param {string} where
 * @param {string} timestamp
 * @returns {GatewayEvent}
 */
export function readCommunityMessage(type, message, where, timestamp) {
  const shape = /** @type {Shape} */ (SHAPES[type]);
  if (message.data !== undefined) requireObject(message.data, `${where}.data`);
  const fields = readFields(shape, message, where);
  if (type === 'community_update') fields.kind = readKind(message, where);
  if (fields.action !== undefined && fields.action !== 'created' && fields.comment_id === undefined)
    throw new PublishError(
      `${where}.comment_id is missing; allowed: ${ID_RULE}, as action is ${fields.action}`,
    );
  const discussionId = readBillId(fields.discussion_id) ?? fields.discussion_id ?? fields.bill_id;
  if (shape.topic === undefined && discussionId === undefined)
    throw new PublishError(`${where}.bill_id is missing; allowed: a bill_id or a discussion_id`);
  const topics = shape.topic === undefined ? discussionTopics(String(discussionId)) : [shape.topic];
  checkTopic(message, topics, where);
  const typist =
    type === 'typing_indicator' ? ` ${fields.user_id} ${fields.parent_id ?? 'root'}` : '';
  return new GatewayEvent({
    type,
    message: withTimestamp(message, timestamp),
    topics,
    stateKey: `${topics[0]} ${type}${typist}`,
    isLasting: !PASSING_TYPES.includes(type),
    billId: /** @type {string | undefined} */ (fields.bill_id) ?? null,
    fields: { ...fields, discussion_id: discussionId },
  });
}

/**
 * @param {Shape} shape
 * @param {Fields} message
 * @param {string} where
 * @returns {Fields}
 */
function readFields({ required, optional }, message, where) {
  /** @type {Fields} */
  const fields = {};
  for (const name of [...required, ...optional]) {
    const { read, rule } = /** @type {FieldRule} */ (FIELD_RULES[name]);
    const given = readAnywhere(message, name, ['data']);
    if (given === undefined && !required.includes(name)) continue;
    const value = read(given);
    if (value === undefined)
      throw new PublishError(`${where}.${name} is ${describe(given)}; allowed: ${rule}`);
    fields[name] = value;
  }
  return fields;
}

/**
 * @param {Fields} message
 * @param {string} where
 * @returns {string} What kind of news it is: `update_type`, or the type of `update` or `data`.
 */
function readKind(message, where) {
  if (message.update !== undefined) requireObject(message.update, `${where}.update`);
  const inner = ['update', 'data'].map((name) => message[name]).filter(isObject);
  const given =
    readField(message, 'update_type') ??
    inner.map((object) => readField(object, 'update_type') ?? object.type).find(Boolean);
  const kind = typeof given === 'string' ? toSnakeCase(given) : '';
  if (COMMUNITY_KINDS.includes(kind)) return kind;
  throw new PublishError(
    `${where}.update.type is ${describe(given)}; allowed: ${COMMUNITY_KINDS.join(', ')}`,
  );
}

/**
 * @param {string[]} choices
 * @returns {FieldRule}
 */
function oneOf(choices) {
  return {
    read: (value) => (typeof value === 'string' && choices.includes(value) ? value : undefined),
    rule: choices.join(', '),
  };
}
