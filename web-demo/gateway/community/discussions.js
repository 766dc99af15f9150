/**
 * The discussion of each bill: its newest comments, and one vote of each user. Bounded: the discussion
 * that has been quiet longest is forgotten first. It records what is published and never publishes.
 */

import { BoundedMap } from '../bounded-map.js';

/** @typedef {import('../fields.js').Fields} Fields */
/** @typedef {import('../event.js').GatewayEvent} GatewayEvent */
/** @typedef {{ support: number, oppose: number, neutral: number }} Tally */

/**
 * @typedef {object} KeptComment
 * @property {string} id
 * @property {string | null} userId
 * @property {Fields} message As `comment_update` of action `created`, with what was changed since.
 */

/**
 * @typedef {object} KeptVote
 * @property {keyof Tally} voteType
 * @property {Fields} message
 */

/**
 * @typedef {object} Discussion
 * @property {BoundedMap<string, KeptComment>} comments Oldest first.
 * @property {number} commentsMade Kept or not.
 * @property {BoundedMap<string, KeptVote>} votes By user id, oldest first.
 */

const MAXIMUM_DISCUSSIONS = 500;
const FEWEST_COMMENTS = 100;
const MAXIMUM_VOTERS = 10_000;

export class Discussions {
  /** @type {BoundedMap<string, Discussion>} */
  #discussions = new BoundedMap(MAXIMUM_DISCUSSIONS);
  #commentsKept;

  /** @param {number} historySize How many comments may be asked for. */
  constructor(historySize) {
    this.#commentsKept = Math.max(FEWEST_COMMENTS, historySize);
  }

  /** @param {GatewayEvent} event A `comment_update` or `vote_update`; others are ignored. */
  record(event) {
    const { user_id: userId, vote_type: voteType, discussion_id: id } = event.fields;
    if (event.type === 'comment_update') this.#recordComment(String(id), event);
    if (event.type === 'vote_update') {
      const vote = { voteType: /** @type {keyof Tally} */ (voteType), message: event.message };
      this.#open(String(id)).votes.set(String(userId), vote);
    }
  }

  /**
   * @param {string} billId
   * @param {string} commentId
   * @returns {KeptComment | undefined}
   */
  comment(billId, commentId) {
    return this.#discussions.get(billId)?.comments.get(commentId);
  }

  /**
   * @param {string} billId
   * @returns {KeptComment[]} Oldest first.
   */
  comments(billId) {
    return [...(this.#discussions.get(billId)?.comments.values() ?? [])];
  }

  /**
   * @param {string} billId
   * @returns {number} Since the discussion began, also of comments that are no longer kept.
   */
  commentsMade(billId) {
    return this.#discussions.get(billId)?.commentsMade ?? 0;
  }

  /**
   * @param {string} billId
   * @returns {KeptVote[]} Oldest first.
   */
  votes(billId) {
    return [...(this.#discussions.get(billId)?.votes.values() ?? [])];
  }

  /**
   * @param {string} billId
   * @param {string} userId
   * @returns {KeptVote | undefined}
   */
  vote(billId, userId) {
    return this.#discussions.get(billId)?.votes.get(userId);
  }

  /**
   * @param {string} billId
   * @param {string} [userId] Whose vote is about to be
   * @param {keyof Tally} [voteType] this one.
   * @returns {Tally}
   */
  tally(billId, userId, voteType) {
    /** @type {Tally} */
    const tally = { support: 0, oppose: 0, neutral: 0 };
    for (const [voter, vote] of this.#discussions.get(billId)?.votes.entries() ?? [])
      if (voter !== userId) tally[vote.voteType] += 1;
    if (voteType !== undefined) tally[voteType] += 1;
    return tally;
  }

  /** @returns {string[]} Ids of the bills that are discussed, quiet longest first. */
  billIds() {
    return [...this.#discussions.entries()].map(([billId]) => billId);
  }

  /**
   * @param {string} billId
   * @param {GatewayEvent} event
   */
  #recordComment(billId, { fields, message }) {
    const id = /** @type {string | undefined} */ (fields.comment_id);
    if (id === undefined) return;
    const discussion = this.#open(billId);
    const { comments } = discussion;
    if (fields.action === 'deleted') comments.delete(id);
    else if (fields.action === 'updated') {
      const kept = comments.get(id);
      if (kept === undefined) return;
      const data = { .../** @type {Fields} */ (kept.message.data), ...(message.data ?? {}) };
      kept.message = { ...kept.message, data: { ...data, edited: true } };
    } else {
      const userId = /** @type {string | undefined} */ (fields.user_id) ?? null;
      comments.set(id, { id, userId, message });
      discussion.commentsMade += 1;
    }
  }

  /** @param {string} billId */
  #open(billId) {
    return this.#discussions.getOrSet(billId, () => ({
      comments: new BoundedMap(this.#commentsKept),
      commentsMade: 0,
      votes: new BoundedMap(MAXIMUM_VOTERS),
    }));
  }
}
