/**
 * The discussion of each bill: its newest comments and votes, who wrote which comment, and one vote of each
 * user. Bounded: the discussion that has been quiet longest is forgotten first. It records what is published
 * and never publishes. What is more than the newest can be saved, and restored elsewhere.
 */

import { BoundedMap } from '../bounded-map.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../events/event.js').GatewayEvent} GatewayEvent */
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
 * @typedef {object} Authorship
 * @property {string | null} userId
 * @property {string | number | null} parentId The comment it answers.
 */

/**
 * @typedef {object} Discussion
 * @property {BoundedMap<string, KeptComment>} comments The newest, oldest first.
 * @property {BoundedMap<string, KeptVote>} newestVotes By user id, oldest first.
 * @property {BoundedMap<string, Authorship>} authorships By comment id.
 * @property {BoundedMap<string, keyof Tally>} votes By user id.
 * @property {number} commentsMade Kept or not.
 */

/**
 * @typedef {object} SavedDiscussion
 * @property {number} commentsMade
 * @property {[string, string | null, string | number | null][]} authorships Of which comment, who, and what it answers.
 * @property {[string, keyof Tally][]} votes
 */

const MAXIMUM_DISCUSSIONS = 500;
const FEWEST_COMMENTS = 100;
const MAXIMUM_AUTHORSHIPS = 10_000;
const MAXIMUM_VOTERS = 10_000;

export class Discussions {
  /** @type {BoundedMap<string, Discussion>} */
  #discussions = new BoundedMap(MAXIMUM_DISCUSSIONS);
  #newest;

  /** @param {number} historySize How many comments may be asked for. */
  constructor(historySize) {
    this.#newest = Math.max(FEWEST_COMMENTS, historySize);
  }

  /** @param {GatewayEvent} event A `comment_update` or `vote_update`; others are ignored. */
  record(event) {
    const { user_id: userId, vote_type: voteType, discussion_id: id } = event.fields;
    if (event.type === 'comment_update') this.#recordComment(String(id), event);
    if (event.type === 'vote_update') {
      const vote = { voteType: /** @type {keyof Tally} */ (voteType), message: event.message };
      const discussion = this.#open(String(id));
      discussion.newestVotes.set(String(userId), vote);
      discussion.votes.set(String(userId), vote.voteType);
    }
  }

  /**
   * @param {string} id
   * @returns {boolean} False when it was forgotten, or nothing of it was recorded.
   */
  has(id) {
    return this.#discussions.get(id) !== undefined;
  }

  /**
   * Takes the place of everything that was recorded, except what is newest.
   * @param {string} id
   * @param {SavedDiscussion | null} saved Null is an empty one.
   */
  restore(id, saved) {
    const discussion = this.#open(id);
    discussion.commentsMade = saved?.commentsMade ?? 0;
    discussion.authorships = new BoundedMap(MAXIMUM_AUTHORSHIPS);
    discussion.votes = new BoundedMap(MAXIMUM_VOTERS);
    for (const [commentId, userId, parentId] of saved?.authorships ?? [])
      discussion.authorships.set(commentId, { userId, parentId });
    for (const [userId, voteType] of saved?.votes ?? []) discussion.votes.set(userId, voteType);
  }

  /**
   * @param {string} id
   * @returns {SavedDiscussion}
   */
  save(id) {
    const { commentsMade, authorships, votes } = this.#open(id);
    return {
      commentsMade,
      authorships: [...authorships.entries()].map(([commentId, { userId, parentId }]) => [
        commentId,
        userId,
        parentId,
      ]),
      votes: [...votes.entries()],
    };
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
   * @param {string} commentId
   * @returns {Authorship | undefined} Also of comments that are no longer among the newest.
   */
  authorship(billId, commentId) {
    return this.#discussions.get(billId)?.authorships.get(commentId);
  }

  /**
   * @param {string} billId
   * @returns {KeptComment[]} The newest, oldest first.
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
   * @returns {KeptVote[]} The newest, oldest first.
   */
  votes(billId) {
    return [...(this.#discussions.get(billId)?.newestVotes.values() ?? [])];
  }

  /**
   * @param {string} billId
   * @param {string} userId
   * @returns {keyof Tally | undefined}
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
      if (voter !== userId) tally[vote] += 1;
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
    const { comments, authorships } = discussion;
    if (fields.action === 'deleted') {
      comments.delete(id);
      authorships.delete(id);
    } else if (fields.action === 'updated') {
      const kept = comments.get(id);
      if (kept === undefined) return;
      const data = { .../** @type {Fields} */ (kept.message.data), ...(message.data ?? {}) };
      kept.message = { ...kept.message, data: { ...data, edited: true } };
    } else {
      const userId = /** @type {string | undefined} */ (fields.user_id) ?? null;
      const parentId = /** @type {string | number | undefined} */ (fields.parent_id) ?? null;
      comments.set(id, { id, userId, message });
      authorships.set(id, { userId, parentId });
      discussion.commentsMade += 1;
    }
  }

  /** @param {string} billId */
  #open(billId) {
    return this.#discussions.getOrSet(billId, () => ({
      comments: new BoundedMap(this.#newest),
      newestVotes: new BoundedMap(this.#newest),
      authorships: new BoundedMap(MAXIMUM_AUTHORSHIPS),
      votes: new BoundedMap(MAXIMUM_VOTERS),
      commentsMade: 0,
    }));
  }
}
