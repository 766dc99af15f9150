/**
 * What people do to a discussion, and what it causes: visitors and simulated people act through the
 * same door. Everything is published like any other message; recording happens there.
 */

import { isoNow } from '../clock.js';
import { discussionTopics } from '../events/event.js';
import { Presence } from './presence.js';
import { Typing } from './typing.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../access/users.js').Actor} Actor */
/** @typedef {import('./discussions.js').Discussions} Discussions */
/** @typedef {import('./discussions.js').Tally} Tally */

/**
 * @typedef {object} CommunityServices
 * @property {import('../clock.js').Clock} clock
 * @property {import('../publishing/fan-out.js').FanOut} fanOut
 * @property {import('./measures.js').Measures} measures
 * @property {Discussions} discussions
 * @property {Pick<import('../ledger/ledger.js').Ledger, 'complete' | 'completeWith' | 'saveSoon'>} ledger
 * @property {Pick<import('../bus/bus.js').Bus, 'present' | 'presentElsewhere'>} bus
 * @property {(count: number) => string} newCommentId Of the manieth comment here.
 * @property {(message: Fields) => void} tellHere To everyone who is connected here.
 * @property {(message: Fields, except?: Actor) => void} publish To everyone but `except`.
 * @property {(topic: string, make: () => Fields) => void} publishNext As `Publisher.publishNext`.
 */

/**
 * @typedef {object} Remark What a person says, or does to what they said.
 * @property {string} billId
 * @property {'created' | 'updated' | 'deleted'} action
 * @property {string} [commentId] Required unless it is created.
 * @property {string | number | null} parentId
 * @property {Fields} data
 */

export class Community {
  #services;
  #commentsMade = 0;

  /** @param {CommunityServices} services */
  constructor(services) {
    const { clock, publish } = services;
    this.#services = services;
    this.discussions = services.discussions;
    this.typing = new Typing(clock, (typist, isTyping) =>
      publish(this.typingMessage(typist, isTyping), typist.actor),
    );
    this.presence = new Presence(
      clock,
      (billId) => this.presentIn(billId),
      (billId, count) => services.tellHere(this.presenceMessage(billId, count)),
    );
    /** Told of every comment that was created. @type {(actor: Actor, billId: string, commentId: string) => void} */
    this.onComment = () => {};
  }

  /**
   * @param {Actor} actor
   * @param {Remark} remark
   * @returns {string} The comment's id.
   */
  comment(actor, { billId, action, commentId, parentId, data }) {
    const { ledger, measures, publish, publishNext } = this.#services;
    this.typing.stop(actor, billId, parentId);
    const id = commentId ?? this.#services.newCommentId((this.#commentsMade += 1));
    const { id: userId, name } = actor.user;
    publish({
      type: 'comment_update',
      comment_id: id,
      bill_id: Number(billId),
      ...(parentId === null ? {} : { parent_id: parentId }),
      user_id: userId,
      user_name: name,
      action,
      data,
      timestamp: isoNow(this.#services.clock),
    });
    ledger.saveSoon(discussionOf(billId));
    if (action === 'updated') return id;
    const change = action === 'created' ? 1 : -1;
    const count = () => Math.max(0, measures.comments(billId) + change);
    if (action === 'created')
      publishNext(`bill:${billId}`, () =>
        this.#newComment(actor, billId, id, parentId, data, count()),
      );
    publishNext(`bill:${billId}`, () => this.#metrics(billId, count()));
    if (action === 'created') this.onComment(actor, billId, id);
    return id;
  }

  /**
   * @param {string} billId
   * @param {string} [commentId] That is about to be changed.
   * @returns {Promise<void> | null} Settles when everything is known here that was done in its discussion; null: it is.
   */
  ready(billId, commentId) {
    const { ledger } = this.#services;
    const topic = discussionOf(billId);
    return commentId === undefined
      ? ledger.complete(topic)
      : ledger.completeWith(
          topic,
          () => this.discussions.authorship(billId, commentId) !== undefined,
        );
  }

  /**
   * A user has one vote per bill: a later one replaces it.
   * @param {Actor} actor
   * @param {string} billId
   * @param {keyof Tally} voteType
   * @param {Fields} data
   */
  vote(actor, billId, voteType, data) {
    const { id, name } = actor.user;
    this.#services.publishNext(discussionOf(billId), () => ({
      type: 'vote_update',
      bill_id: Number(billId),
      user_id: id,
      user_name: name,
      vote_type: voteType,
      data: { ...data, counts: this.discussions.tally(billId, id, voteType) },
      timestamp: isoNow(this.#services.clock),
    }));
  }

  /**
   * @param {import('./typing.js').Typist} typist
   * @param {boolean} isTyping
   * @returns {Fields}
   */
  typingMessage({ user, billId, parentId }, isTyping) {
    return {
      type: 'typing_indicator',
      user_id: user.id,
      user_name: user.name,
      bill_id: Number(billId),
      ...(parentId === null ? {} : { parent_id: parentId }),
      is_typing: isTyping,
      timestamp: isoNow(this.#services.clock),
    };
  }

  /**
   * @param {string} billId
   * @param {number} count
   * @returns {Fields}
   */
  presenceMessage(billId, count) {
    const timestamp = isoNow(this.#services.clock);
    return { type: 'presence_update', bill_id: Number(billId), count, timestamp };
  }

  /**
   * @param {string} billId
   * @returns {number} How many connections follow its discussion.
   */
  presentIn(billId) {
    const { bus } = this.#services;
    return this.#presentHere(billId) + (bus.presentElsewhere?.(discussionOf(billId)) ?? 0);
  }

  /**
   * Somebody came to a discussion, left, or only looks.
   * @param {string} billId
   * @returns {boolean} True when everyone here was told the count just now.
   */
  presenceChanged(billId) {
    this.#services.bus.present?.(discussionOf(billId), this.#presentHere(billId));
    return this.presence.changed(billId);
  }

  /** @param {string} billId */
  #presentHere(billId) {
    return this.#services.fanOut.followers(discussionTopics(billId)).size;
  }

  /**
   * @param {string} billId
   * @returns {boolean} True when a visitor has the discussion open.
   */
  isFollowed(billId) {
    const { fanOut } = this.#services;
    return discussionTopics(billId).some((topic) => fanOut.subscriberCount(topic) > 0);
  }

  /**
   * An actor no longer follows a discussion, under one of its names at least.
   * @param {import('../connections/client.js').Client} client
   * @param {string} billId
   */
  left(client, billId) {
    if (!discussionTopics(billId).some((topic) => client.subscriptions.has(topic)))
      this.typing.stopAll(client, billId);
    this.presenceChanged(billId);
  }

  /**
   * A connection has ended.
   * @param {Actor} actor
   * @param {string[]} billIds Whose discussions it followed.
   */
  gone(actor, billIds) {
    this.typing.stopAll(actor);
    for (const billId of new Set(billIds)) this.presenceChanged(billId);
  }

  /**
   * The bill's followers hear of the comment too, whether or not they follow its discussion.
   * @param {Actor} actor
   * @param {string} billId
   * @param {string} commentId
   * @param {string | number | null} parentId
   * @param {Fields} data
   * @param {number} commentCount
   * @returns {Fields}
   */
  #newComment({ user }, billId, commentId, parentId, data, commentCount) {
    const text = [data.text, data.content, data.comment].find((one) => typeof one === 'string');
    return {
      type: 'bill_update',
      bill_id: Number(billId),
      update: {
        type: 'new_comment',
        data: {
          commentId,
          author: user.name,
          userId: user.id,
          ...(text === undefined ? {} : { text }),
          ...(parentId === null ? {} : { parentId }),
          ...(data.simulated === true ? { simulated: true } : {}),
          commentCount,
        },
      },
      timestamp: isoNow(this.#services.clock),
    };
  }

  /**
   * @param {string} billId
   * @param {number} commentCount
   * @returns {Fields} The bill's newest metrics with this count.
   */
  #metrics(billId, commentCount) {
    const metrics = { ...this.#services.measures.of(billId), comment_count: commentCount };
    const timestamp = isoNow(this.#services.clock);
    return { type: 'engagement_metrics', bill_id: Number(billId), metrics, timestamp };
  }
}

/**
 * @param {string} billId
 * @returns {string} The stream of its discussion, under which gateways count who follows it, too.
 */
function discussionOf(billId) {
  return `discussion:${billId}`;
}
