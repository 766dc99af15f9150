/** What is answered about topics that are followed: where they stand, and what they hold after a position. */

import { inOrder } from '../../shelf.js';
import { LaneViews } from './lane-views.js';

/** @typedef {import('../../bus.js').Position} Position */

/**
 * @typedef {object} TopicViewsParts
 * @property {import('./followed-topics.js').FollowedTopics} topics
 * @property {import('../connection/session.js').Session} session
 * @property {import('../stream/stream.js').EventStream} stream
 * @property {import('../../bus.js').BusServices} services
 */

export class TopicViews {
  #parts;
  #lanes;

  /** @param {TopicViewsParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#lanes = new LaneViews(parts.services, parts.topics.kept);
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} count
   * @param {Position | null} since
   * @returns {Promise<import('../../bus.js').Place>}
   */
  async locate(topic, audience, count, since) {
    const { lanes, source } = await this.#view(topic, audience);
    try {
      return since !== null && since.epoch === source.stream.epoch
        ? await this.#lanes.locateKnown(lanes, since.seq, source)
        : await this.#lanes.locateNewest(lanes, count, source);
    } catch (error) {
      throw this.#parts.session.unavailable(/** @type {Error} */ (error));
    }
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} after
   * @param {number} limit
   * @returns {import('../../bus.js').Replay | Promise<import('../../bus.js').Replay>}
   */
  replay(topic, audience, after, limit) {
    const { topics, stream } = this.#parts;
    const lanes = topics.lanes(topic, audience);
    if (lanes === null || lanes.some(({ isPlaced, floor }) => !isPlaced || floor > after))
      return this.#replayFromHistory(topic, audience, after, limit);
    const entries = inOrder(lanes.map((lane) => lane.after(after, limit))).slice(0, limit);
    const seq = Math.max(after, ...lanes.map(({ position }) => position));
    return { epoch: stream.epoch, seq, floor: after, entries };
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   * @param {number} after
   * @param {number} limit
   * @returns {Promise<import('../../bus.js').Replay>}
   */
  async #replayFromHistory(topic, audience, after, limit) {
    const { lanes, source } = await this.#view(topic, audience);
    return this.#lanes.replay(lanes, after, limit, source);
  }

  /**
   * @param {string} topic
   * @param {string | null} audience
   */
  async #view(topic, audience) {
    const { topics, session, stream } = this.#parts;
    const lanes = await topics.placedLanes(topic, audience);
    const { history } = session;
    if (history === null) throw session.unavailable();
    return { lanes, source: { history, stream } };
  }
}
