/** Stores what is published here. The log says when that fails, and when it works again. */

import { StreamEntry } from '../../stream-entry.js';
import { Superseded } from '../../superseded.js';
import { personOf, subjectOfEvent } from './subjects.js';

/**
 * @typedef {object} EventStoreParts
 * @property {import('../../bus.js').BusServices} services
 * @property {import('../connection/address.js').NatsAddress} address
 * @property {import('../connection/session.js').Session} session
 * @property {import('./stream.js').EventStream} stream
 * @property {import('./publications.js').Publications} publications
 * @property {import('../topics/followed-topics.js').FollowedTopics} topics
 * @property {import('../../bus.js').Bus['receive']} receive
 */

export class EventStore {
  #parts;
  #isStoring = true;

  /** @param {EventStoreParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {import('../../../events/event.js').GatewayEvent} event
   * @param {string | null} origin
   * @param {string | null} messageId
   * @param {number} [after]
   * @returns {Promise<import('../../bus.js').Position>}
   */
  async store(event, origin, messageId, after) {
    const { session, stream, publications, topics, receive } = this.#parts;
    if (session.history === null) throw session.unavailable();
    const subject = subjectOfEvent(event);
    const { seq, isDuplicate, isReceived } = await publications
      .publish(event, subject, origin, messageId, after)
      .catch((error) => {
        if (!(error instanceof Superseded)) this.#failed(error);
        throw error;
      });
    this.#worked();
    const { epoch } = stream;
    stream.saw(seq);
    const isBrought = topics.brings(event.topic, personOf(event.topic, event.userId), seq);
    // Nobody followed it, so nothing brings it back.
    if (!isDuplicate && !isReceived && !isBrought)
      receive(new StreamEntry(event, epoch, seq, origin));
    return { epoch, seq };
  }

  #worked() {
    if (this.#isStoring) return;
    this.#isStoring = true;
    const { services, address } = this.#parts;
    services.logger.info(`NATS at ${address.label} stores again`);
  }

  /** @param {Error} error */
  #failed({ message }) {
    const { services, session } = this.#parts;
    if (!this.#isStoring || session.isClosed) return;
    this.#isStoring = false;
    services.logger.error(`${message}; what is published is refused until it is stored again`);
  }
}
