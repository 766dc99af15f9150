/** The simulated moderator, who seldom acts, and never on what a visitor said. */

import { isoNow } from '../../../clock.js';

/** @typedef {import('../crowd.js').Surroundings} Surroundings */

const PAUSE_MS = /** @type {const} */ ([60_000, 150_000]);
const REMOVES = 0.3;
const REASONS = ['off topic', 'said before', 'personal remark', 'unverified claim'];

export class Moderator {
  #random;
  #surroundings;
  #events = 0;

  /**
   * @param {import('../random.js').Random} random
   * @param {Surroundings} surroundings
   */
  constructor(random, surroundings) {
    this.#random = random;
    this.#surroundings = surroundings;
  }

  begin() {
    this.#surroundings.schedule.after(this.#random.whole(...PAUSE_MS), () => {
      this.#act();
      this.begin();
    });
  }

  #act() {
    const { community, isVisitor, publish, clock } = this.#surroundings;
    const { discussions } = community;
    const comments = discussions
      .billIds()
      .flatMap((billId) => discussions.comments(billId).map((comment) => ({ billId, comment })))
      .filter(({ comment }) => comment.userId !== null && !isVisitor(comment.userId));
    if (comments.length === 0) return;
    const { billId, comment } = this.#random.pick(comments);
    const action = this.#random.fraction() < REMOVES ? 'removed' : 'flagged';
    const reason = this.#random.pick(REASONS);
    this.#events += 1;
    const data = {
      action,
      reason,
      comment_id: comment.id,
      moderator: 'Moderation (simulated)',
      simulated: true,
    };
    const timestamp = isoNow(clock);
    publish({
      type: 'moderation_event',
      target_id: comment.id,
      data: { event_id: `moderation-${this.#events}`, bill_id: Number(billId), ...data },
      timestamp,
    });
    publish({
      type: 'community_update',
      bill_id: Number(billId),
      update: {
        type: 'moderation_action',
        data: { ...data, text: `A comment was ${action}: ${reason}` },
      },
      timestamp,
    });
    if (action !== 'removed') return;
    const { user_id: id, user_name: name } = comment.message;
    const author = { user: { id: String(id), name: String(name), isGuest: false } };
    community.comment(author, {
      billId,
      action: 'deleted',
      commentId: comment.id,
      parentId: /** @type {string | undefined} */ (comment.message.parent_id) ?? null,
      data: { reason, simulated: true },
    });
  }
}
