/** Tells other gateways what is not stored: events that pass, and how many follow a topic here. */

import { writePresent } from './present-header.js';
import { HEADERS } from '../stream/stored-message.js';
import { TOLD, subjectOf, subjectOfEvent } from '../stream/subjects.js';

/**
 * @typedef {object} TellerParts
 * @property {import('../library.js').NatsLibrary} library
 * @property {string} busId
 * @property {() => import('@nats-io/transport-node').NatsConnection | null} connection Without one nobody is told.
 */

export class Teller {
  #parts;

  /** @param {TellerParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {import('../../../events/event.js').GatewayEvent} event
   * @param {string | null} origin
   */
  event(event, origin) {
    const { library, busId, connection } = this.#parts;
    const headers = library.transport.headers();
    headers.set(HEADERS.publication, busId);
    if (origin !== null) headers.set(HEADERS.origin, origin);
    connection()?.publish(`${TOLD}${subjectOfEvent(event)}`, event.json, { headers });
  }

  /**
   * @param {string} topic
   * @param {number} count
   * @param {boolean} asks The others are to tell theirs.
   */
  present(topic, count, asks) {
    const { library, busId, connection } = this.#parts;
    const headers = library.transport.headers();
    headers.set(HEADERS.present, writePresent({ gateway: busId, count, asks }));
    connection()?.publish(`${TOLD}${subjectOf(topic, null)}`, undefined, { headers });
  }
}
