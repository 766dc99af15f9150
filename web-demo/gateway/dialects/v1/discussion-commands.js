/** What a page does in discussions: `typing_start`, `typing_stop`, `comment_update`, `vote_update`. */

import { ID_RULE, describe, readField, toSnakeCase } from '../../events/fields.js';
import { COMMENT_ACTIONS, VOTE_TYPES } from '../../events/published/community-messages.js';
import {
  FrameError,
  checkLength,
  optionalId,
  optionalUserName,
  readData,
  requireBill,
  requireChoice,
} from './fields.js';

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */

const MAXIMUM_TYPING_PLACES = 20;
const LONGEST_DATA_CHARACTERS = 8192;
/** Said by the gateway, whatever the page wrote. */
const OWN_FIELDS = new Set([
  ...['bill_id', 'comment_id', 'parent_id', 'discussion_id', 'user_id', 'user_name', 'action'],
  ...['vote_type', 'timestamp', 'type', 'update_type', 'counts', 'edited', 'simulated', 'history'],
]);
const TEXT_FIELDS = ['text', 'content'];

/**
 * @param {import('./services.js').DialectServices} services
 * @returns {import('./services.js').Commands}
 */
export function discussionCommands({ community, later }) {
  return {
    typing_start(client, message) {
      const { billId, parentId } = readPlace(client, message, 'typing_start');
      const { typing } = community;
      if (
        typing.countOf(client) >= MAXIMUM_TYPING_PLACES &&
        !typing.isTyping(client, billId, parentId)
      )
        throw new FrameError(
          `typing_start: this connection types in ${MAXIMUM_TYPING_PLACES} places; allowed: at most that many`,
        );
      typing.start(client, billId, parentId);
    },

    typing_stop(client, message) {
      const { billId, parentId } = readPlace(client, message, 'typing_stop');
      community.typing.stop(client, billId, parentId);
    },

    comment_update(client, message) {
      const { data, billId, parentId } = readPlace(client, message, 'comment_update');
      const wish = readField(data, 'action');
      const action = /** @type {'created' | 'updated' | 'deleted'} */ (
        wish === undefined
          ? 'created'
          : requireChoice(data, 'action', 'comment_update', COMMENT_ACTIONS)
      );
      const content = readContent(data, 'comment_update');
      if (action === 'created') {
        return later(community.ready(billId), () => {
          community.comment(client, { billId, action, parentId, data: content });
        });
      }
      const given = requireCommentId(data, action);
      const commentId = String(given);
      return later(community.ready(billId, commentId), () => {
        const { parentId: parent } = requireOwnComment(client, billId, given);
        const changed = action === 'updated' ? content : {};
        community.comment(client, { billId, action, commentId, parentId: parent, data: changed });
      });
    },

    vote_update(client, message) {
      const { data, billId } = readPlace(client, message, 'vote_update');
      const voteType = /** @type {'support' | 'oppose' | 'neutral'} */ (
        requireChoice(data, 'vote_type', 'vote_update', VOTE_TYPES)
      );
      const content = readContent(data, 'vote_update');
      return later(community.ready(billId), () =>
        community.vote(client, billId, voteType, content),
      );
    },
  };

  /**
   * @param {Client} client
   * @param {string} billId
   * @param {string | number} given
   * @returns {import('../../community/discussions.js').Authorship}
   */
  function requireOwnComment(client, billId, given) {
    const authorship = community.discussions.authorship(billId, String(given));
    if (authorship?.userId === client.user.id) return authorship;
    const why =
      authorship === undefined ? 'no comment of this bill that is kept' : 'of another user';
    throw new FrameError(
      `comment_update: data.comment_id is ${describe(given)}, ${why}; allowed: a comment of your own`,
    );
  }
}

/**
 * @param {Fields} data
 * @param {string} action
 * @returns {string | number}
 */
function requireCommentId(data, action) {
  const given = optionalId(data, 'comment_id', 'comment_update');
  if (given !== null) return given;
  throw new FrameError(
    `comment_update: data.comment_id is missing; allowed: ${ID_RULE}, as action is ${action}`,
  );
}

/**
 * Reads where it happens, and the name that the page gives its user.
 * @param {Client} client
 * @param {Fields} message
 * @param {string} command
 */
function readPlace(client, message, command) {
  const data = readData(message, command);
  const billId = requireBill(data, command);
  const parentId = optionalId(data, 'parent_id', command);
  const name = optionalUserName(data, command);
  if (name !== null) client.user.name = name;
  return { data, billId, parentId };
}

/**
 * @param {Fields} data
 * @param {string} command
 * @returns {Fields} What the page wrote, without what the gateway says itself.
 */
function readContent(data, command) {
  for (const name of TEXT_FIELDS) {
    const text = data[name];
    if (text !== undefined && typeof text !== 'string')
      throw new FrameError(`${command}: data.${name} is ${describe(text)}; allowed: a text`);
  }
  const content = Object.fromEntries(
    Object.entries(data).filter(([name]) => !OWN_FIELDS.has(toSnakeCase(name))),
  );
  checkLength(content, `${command}: data`, LONGEST_DATA_CHARACTERS);
  return content;
}
