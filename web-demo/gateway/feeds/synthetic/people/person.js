/**
 * One simulated citizen: comes to a discussion, reads, types for as long as the sentence takes, posts
 * it or thinks better of it, votes, and goes. Typing is repeated as a page repeats it.
 */

import { isoNow } from '../../../clock.js';
import { FIRST_NAMES, LAST_INITIALS } from './names.js';
import { remarkOn, replyTo } from './remarks.js';

/** @typedef {import('../../../community/discussions.js').KeptComment} KeptComment */
/** @typedef {import('../crowd.js').Surroundings} Surroundings */

const ABSENCE_MS = /** @type {const} */ ([8000, 60_000]);
const READING_MS = /** @type {const} */ ([1500, 6000]);
const NOTICING_MS = /** @type {const} */ ([1500, 5000]);
const TYPING_REPEAT_MS = 2500;
const MS_PER_CHARACTER = 55;
const GOES_WHERE_VISITORS_ARE = 0.5;
const SAYS_SOMETHING = 0.75;
const REPLIES = 0.4;
const THINKS_BETTER_OF_IT = 0.12;
const VOTES = 0.45;
const NEWEST_COMMENTS_READ = 8;
const INITIAL = / [A-Z]\.$/;

export class Person {
  #random;
  #surroundings;
  /** How they see the world, from -1 to 1; each bill shifts it. */
  #leaning;

  /**
   * @param {number} index
   * @param {import('../random.js').Random} random
   * @param {Surroundings} surroundings
   */
  constructor(index, random, surroundings) {
    this.#random = random;
    this.#surroundings = surroundings;
    this.#leaning = random.fraction() * 2 - 1;
    const first = FIRST_NAMES[index % FIRST_NAMES.length];
    const initial =
      LAST_INITIALS[(index * 7 + Math.floor(index / FIRST_NAMES.length)) % LAST_INITIALS.length];
    /** @type {import('../../../access/users.js').User} */
    this.user = { id: `simulated-${index + 1}`, name: `${first} ${initial}.`, isGuest: false };
    /** Not in a discussion now. */
    this.isFree = true;
  }

  begin() {
    const { schedule } = this.#surroundings;
    schedule.after(this.#random.whole(...ABSENCE_MS), () => {
      if (this.isFree) this.#visit();
      else this.begin();
    });
  }

  /**
   * Somebody else said something that wants an answer.
   * @param {string} billId
   * @param {string} commentId
   */
  answer(billId, commentId) {
    this.isFree = false;
    this.#surroundings.schedule.after(this.#random.whole(...NOTICING_MS), () => {
      const comment = this.#surroundings.community.discussions.comment(billId, commentId);
      if (comment === undefined) this.isFree = true;
      else
        this.#say(billId, comment, () => {
          this.isFree = true;
        });
    });
  }

  #visit() {
    const { schedule } = this.#surroundings;
    const leave = () => {
      this.isFree = true;
      this.begin();
    };
    this.isFree = false;
    const billId = this.#chooseBill();
    schedule.after(this.#random.whole(...READING_MS), () => {
      if (this.#random.fraction() < VOTES) this.#vote(billId);
      if (this.#random.fraction() >= SAYS_SOMETHING) leave();
      else this.#say(billId, this.#chooseComment(billId), leave);
    });
  }

  /**
   * @param {string} billId
   * @param {KeptComment | null} answered
   * @param {() => void} done
   */
  #say(billId, answered, done) {
    const { community, schedule, bills } = this.#surroundings;
    const bill = bills[Number(billId) - 1];
    const name = String(answered?.message.user_name ?? 'you').replace(INITIAL, '');
    const text =
      answered === null ? remarkOn(this.#random, bill) : replyTo(this.#random, bill, name);
    const parentId = answered?.id ?? null;
    const postsIt = this.#random.fraction() >= THINKS_BETTER_OF_IT;
    let leftMs = Math.round(text.length * MS_PER_CHARACTER * (0.7 + this.#random.fraction() * 0.6));
    const type = () => {
      if (leftMs > 0) {
        community.typing.start(this, billId, parentId);
        const spentMs = Math.min(leftMs, TYPING_REPEAT_MS);
        leftMs -= spentMs;
        schedule.after(spentMs, type);
        return;
      }
      if (postsIt) this.#post(billId, answered, text);
      else community.typing.stop(this, billId, parentId);
      done();
    };
    type();
  }

  /**
   * @param {string} billId
   * @param {KeptComment | null} answered
   * @param {string} text
   */
  #post(billId, answered, text) {
    const { community, publish, clock, isVisitor } = this.#surroundings;
    if (community.discussions.comments(billId).length === 0) {
      publish({
        type: 'community_update',
        bill_id: Number(billId),
        update: {
          type: 'new_discussion',
          data: {
            openedBy: this.user.name,
            text: `${this.user.name} opened the discussion`,
            simulated: true,
          },
        },
        timestamp: isoNow(clock),
      });
    }
    const parentId = answered?.id ?? null;
    const data = { text, simulated: true };
    const commentId = community.comment(this, { billId, action: 'created', parentId, data });
    const author = answered?.userId ?? null;
    if (author === null || !isVisitor(author)) return;
    publish({
      type: 'notification',
      user_id: author,
      notification: {
        id: `reply-${commentId}`,
        type: 'comment_reply',
        title: `${this.user.name} (simulated) answered you`,
        message: text,
        priority: 'normal',
        data: {
          bill_id: Number(billId),
          comment_id: commentId,
          parent_id: parentId,
          simulated: true,
        },
      },
      timestamp: isoNow(clock),
    });
  }

  /** @param {string} billId */
  #vote(billId) {
    // A bill divides people nearly the same way each time they look at it: few change their mind.
    const pull = this.#leaning + Math.sin(Number(billId) * 12.9898) + this.#random.fraction() - 0.5;
    const voteType = pull > 0.25 ? 'support' : pull < -0.25 ? 'oppose' : 'neutral';
    const { community } = this.#surroundings;
    if (community.discussions.vote(billId, this.user.id) === voteType) return;
    community.vote(this, billId, voteType, { simulated: true });
  }

  /** @returns {string} */
  #chooseBill() {
    const { bills, community } = this.#surroundings;
    const seeksCompany = this.#random.fraction() < GOES_WHERE_VISITORS_ARE;
    const followed = bills.filter(({ id }) => community.isFollowed(String(id)));
    const choices = seeksCompany && followed.length > 0 ? followed : bills;
    const skewed = this.#random.fraction() ** 1.6;
    return String(choices[Math.floor(skewed * choices.length)]?.id ?? 1);
  }

  /**
   * @param {string} billId
   * @returns {KeptComment | null} What to answer; null to say something new.
   */
  #chooseComment(billId) {
    const { community, isVisitor } = this.#surroundings;
    const wantsToReply = this.#random.fraction() < REPLIES;
    const others = community.discussions
      .comments(billId)
      .slice(-NEWEST_COMMENTS_READ)
      .filter(({ userId }) => userId !== null && userId !== this.user.id);
    if (!wantsToReply || others.length === 0) return null;
    const visitors = others.filter(({ userId }) => isVisitor(String(userId)));
    return this.#random.pick(visitors.length > 0 ? visitors : others);
  }
}
