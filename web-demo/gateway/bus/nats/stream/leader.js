/** Asks the server that leads the stream, which has all there is of it: for one thing at a time. */

import { STREAM } from './stream.js';
import { STORED } from './subjects.js';

/** @typedef {import('@nats-io/jetstream').JetStreamManager} JetStreamManager */
/** @typedef {import('@nats-io/jetstream').StoredMsg} StoredMsg */

export class Leader {
  #manager;

  /** @param {JetStreamManager} manager */
  constructor(manager) {
    this.#manager = manager;
  }

  /** @returns {Promise<{ first_seq: number, last_seq: number }>} Numbers of the oldest and the newest event, whatever their subject. */
  async ends() {
    return (await this.#manager.streams.info(STREAM)).state;
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} The number of its newest event; 0 when it has none.
   */
  async newest(subject) {
    const query = { last_by_subj: `${STORED}${subject}` };
    return (await this.#manager.streams.getMessage(STREAM, query))?.seq ?? 0;
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} The number of its oldest event; 0 when it has none.
   */
  async oldest(subject) {
    return (await this.next(subject, 0))?.seq ?? 0;
  }

  /**
   * @param {string} subject
   * @param {number} after
   * @returns {Promise<StoredMsg | null>} The first one after this number.
   */
  next(subject, after) {
    const query = { seq: after + 1, next_by_subj: `${STORED}${subject}` };
    return this.#manager.streams.getMessage(STREAM, query);
  }

  /**
   * @param {string} subject
   * @returns {Promise<number>} How many events it has, which takes longer the more subjects there are.
   */
  async count(subject) {
    const filter = `${STORED}${subject}`;
    const { state } = await this.#manager.streams.info(STREAM, { subjects_filter: filter });
    return state.subjects?.[filter] ?? 0;
  }
}
