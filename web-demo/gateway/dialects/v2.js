/**
 * Dialect v2: what delivery guarantees need. This file reads frames, in order, and finds the command; the
 * commands stand beside each other in `v2/`. What they do for discussions and notifications is v1's.
 */

import { BusUnavailable } from '../bus/unavailable.js';
import { PublishError } from '../events/published.js';
import { TooManyMessages } from '../bus/applied-messages.js';
import { parseFrame, refuse, requireMessages, requireTyped, unknownType } from './frames.js';
import { FrameError } from './v1/fields.js';
import { Cursors } from './v2/cursors.js';
import { DEFLATED_FRAME, TooLarge } from './v2/deflate.js';
import { sendAway } from './v2/send-away.js';
import { acknowledge, lastingCommands } from './v2/lasting-commands.js';
import { Session } from './v2/session.js';
import { sessionCommands } from './v2/session-commands.js';
import { subscriptionCommands } from './v2/subscription-commands.js';

/** @typedef {import('../events/fields.js').Fields} Fields */
/** @typedef {import('../connections/client.js').Client} Client */
/** @typedef {import('./dialect.js').Dialect} Dialect */

const SUBPROTOCOL = 'civic-engagement-v2';
const CLOSE_TOO_LARGE = 1009;
const CLOSE_FAILED = 1011;
const CLOSE_SILENT = 4408;
/** More frames than this wait for one connection: it is not read from until they are handled. */
const MOST_WAITING_FRAMES = 256;
const MOST_ACKNOWLEDGED_AT_ONCE = 64;

/** @implements {Dialect} */
export class DialectV2 {
  static subprotocol = SUBPROTOCOL;

  /** @type {'v2'} */
  name = 'v2';
  #services;
  /** @type {WeakMap<Client, Session>} */
  #sessions = new WeakMap();
  /** @type {import('./v2/services.js').CommandsV2} */
  #commands;

  /** @param {import('./v2/services.js').ServicesV2} services */
  constructor(services) {
    this.#services = services;
    this.#commands = {
      ...sessionCommands(services),
      ...subscriptionCommands(services),
      ...lastingCommands(services),
    };
  }

  /** @param {Client} client */
  subscriptionsOf(client) {
    return new Cursors(client, this.#services);
  }

  /**
   * @param {Client} client
   * @param {string | null} token
   */
  connected(client, token) {
    const cursors = /** @type {Cursors} */ (client.subscriptions);
    this.#sessions.set(client, new Session(cursors, token === '' ? null : token));
  }

  /** @param {Client} client */
  awaits(client) {
    if (this.#sessions.get(client)?.isGreeted) return null;
    return { code: CLOSE_SILENT, reason: 'no hello came in time' };
  }

  /**
   * Frames are handled one after the other: what has to wait for the bus holds up the next.
   * @param {Client} client
   * @param {Buffer} data
   * @param {boolean} isBinary
   */
  receive(client, data, isBinary) {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    session.frames.push({ data, isBinary });
    if (session.frames.length > MOST_WAITING_FRAMES) client.hold('frames');
    if (!session.isWorking) void this.#work(client, session);
  }

  /**
   * Who caused an event is told of it like everybody else, so that its stream is complete.
   * @param {import('../bus/stream-entry.js').StreamEntry} entry
   */
  sparesOrigin({ seq }) {
    return seq === null;
  }

  /**
   * @param {Client} client
   * @param {Session} session
   */
  async #work(client, session) {
    session.isWorking = true;
    try {
      for (let next = session.frames.shift(); next !== undefined; next = session.frames.shift()) {
        if (!client.isOpen) break;
        const working = this.#receiveFrame(client, session, next.data, next.isBinary);
        if (working !== undefined) await working;
        if (session.frames.length === 0 || session.applied.length >= MOST_ACKNOWLEDGED_AT_ONCE)
          acknowledge(this.#services, client, session);
      }
    } catch (error) {
      if (error instanceof BusUnavailable) sendAway(this.#services, client, error);
      else this.#fails(client, /** @type {Error} */ (error));
    }
    session.isWorking = false;
    client.release('frames');
  }

  /**
   * @param {Client} client
   * @param {Error} error
   */
  #fails(client, error) {
    this.#services.logger.error(
      `${client.id} is closed, as a frame of it could not be handled: ${error.stack}`,
    );
    client.close(CLOSE_FAILED, 'the gateway failed');
  }

  /**
   * @param {Client} client
   * @param {Session} session
   * @param {Buffer} data
   * @param {boolean} isBinary
   * @returns {void | Promise<void>}
   */
  #receiveFrame(client, session, data, isBinary) {
    /** @type {unknown} */
    let message;
    try {
      message =
        isBinary && data[0] === DEFLATED_FRAME
          ? parseFrame(this.#inflate(client, data), false)
          : parseFrame(data, isBinary);
    } catch (error) {
      if (error instanceof TooLarge) client.close(CLOSE_TOO_LARGE, 'frame is too large');
      else this.#fail(client, error, null);
      return undefined;
    }
    return this.#receiveMessage(client, session, message, 0);
  }

  /**
   * @param {Client} client
   * @param {Buffer} data
   */
  #inflate(client, data) {
    if (client.outbox.deflate === null)
      throw new FrameError('frame is deflated; allowed: when hello and welcome agreed on it');
    try {
      return client.outbox.deflate.inflate(data, this.#services.maximumMessageBytes);
    } catch (error) {
      if (error instanceof TooLarge) throw error;
      throw new FrameError(`frame cannot be inflated: ${/** @type {Error} */ (error).message}`);
    }
  }

  /**
   * @param {Client} client
   * @param {Session} session
   * @param {unknown} message
   * @param {number} depth How many batches are around it.
   * @returns {void | Promise<void>}
   */
  #receiveMessage(client, session, message, depth) {
    try {
      const { fields, type } = requireTyped(message);
      const isBatch = type === 'batch';
      const command = Object.hasOwn(this.#commands, type) ? this.#commands[type] : undefined;
      const isKnown = isBatch || command !== undefined;
      this.#services.counters.countReceived(isKnown ? type : 'unknown');
      if (!session.isGreeted && type !== 'hello')
        throw new FrameError(`${type}: came before hello; allowed: hello as the first frame`);
      if (isBatch)
        return this.#receiveBatch(client, session, requireMessages(fields, depth), depth);
      if (command === undefined)
        throw unknownType(fields, [...Object.keys(this.#commands), 'batch']);
      return command(client, session, fields)?.catch((error) => this.#fail(client, error, message));
    } catch (error) {
      this.#fail(client, error, message);
      return undefined;
    }
  }

  /**
   * @param {Client} client
   * @param {Session} session
   * @param {unknown[]} messages
   * @param {number} depth
   */
  async #receiveBatch(client, session, messages, depth) {
    for (const inner of messages) {
      const working = this.#receiveMessage(client, session, inner, depth + 1);
      if (working !== undefined) await working;
    }
  }

  /**
   * @param {Client} client
   * @param {unknown} error
   * @param {unknown} message
   */
  #fail(client, error, message) {
    // A page's message can be refused where it is published, too: by what it nests.
    if (error instanceof FrameError || error instanceof PublishError) {
      refuse(this.#services, client, error.message, message);
      return;
    }
    if (!(error instanceof TooManyMessages)) throw error;
    const { retryAfterMs } = error;
    sendAway(this.#services, client, {
      message: 'more messages than can be remembered',
      retryAfterMs,
    });
  }
}
