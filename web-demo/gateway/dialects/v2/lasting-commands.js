/**
 * The messages of pages that must not get lost: each takes effect once, however often it is sent, and is
 * acknowledged when it has. What they do is the same as in v1.
 */

import { describe } from '../../events/fields.js';
import { PublishError } from '../../events/published.js';
import { refuse } from '../frames.js';
import { FrameError, LONGEST_ID_CHARACTERS, readMessageId } from '../v1/fields.js';
import { discussionCommands } from '../v1/discussion-commands.js';
import { notificationCommands } from '../v1/notification-commands.js';
import { BusUnavailable } from '../../bus/unavailable.js';
import { isoNow } from '../../clock.js';
import { sendAway } from './send-away.js';

/** @typedef {import('./services.js').Client} Client */
/** @typedef {import('./services.js').Fields} Fields */
/** @typedef {import('./services.js').Session} Session */

const CLOSE_FAILED = 1011;
const CLIENT_RULE = `a text of 1 to ${LONGEST_ID_CHARACTERS} characters`;
/** Nobody waits for these to arrive. */
const PASSING = ['typing_start', 'typing_stop'];
/** Asked anew each time. */
const QUESTIONS = ['get_preferences'];

/**
 * @param {import('./services.js').ServicesV2} services
 * @returns {import('./services.js').CommandsV2}
 */
export function lastingCommands(services) {
  const { appliedMessages, clock, maximumInFlight, storing, users } = services;
  /** @type {import('../v1/services.js').Reply} */
  const reply = (client, type, data, messageId) =>
    client.reply({ type, data, messageId, timestamp: isoNow(clock) });
  const commands = { ...discussionCommands(services), ...notificationCommands(services, reply) };

  /**
   * @param {(client: Client, message: Fields) => void | Promise<void>} command
   * @param {string} type
   * @param {Client} client
   * @param {Session} session
   * @param {Fields} message
   */
  function applyOnce(command, type, client, session, message) {
    const messageId = /** @type {string | number} */ (readMessageId(message, type));
    const owner = ownerOf(type, client, message);
    const work = () => storing(() => command(client, message), `${owner}/${String(messageId)}`);
    const underway = QUESTIONS.includes(type)
      ? work()
      : appliedMessages.once(owner, String(messageId), work);
    if (underway === null) {
      session.applied.push(messageId);
      return undefined;
    }
    const settled = underway
      .then(() => void session.applied.push(messageId))
      // It was not stored. The page has it still, and sends it again on its next connection.
      .catch((error) => {
        if (error instanceof FrameError || error instanceof PublishError)
          refuse(services, client, error.message, message);
        else if (error instanceof BusUnavailable) sendAway(services, client, error);
        else client.close(CLOSE_FAILED, 'a message could not be stored');
      })
      .finally(() => {
        session.underway.delete(settled);
        acknowledgeSoon(client, session);
      });
    session.underway.add(settled);
    return session.underway.size < maximumInFlight ? undefined : Promise.race(session.underway);
  }

  /**
   * Whose the id of a message is: the connection's user's, or a guest's who sent it first, which then says what it
   * called itself. Nobody else knows that.
   * @param {string} type
   * @param {Client} client
   * @param {Fields} message
   * @returns {string}
   */
  function ownerOf(type, client, message) {
    const { client: earlier } = message;
    if (earlier === undefined) return client.user.id;
    if (typeof earlier !== 'string' || earlier === '' || earlier.length > LONGEST_ID_CHARACTERS)
      throw new FrameError(`${type}: client is ${describe(earlier)}; allowed: ${CLIENT_RULE}`);
    return users.idOfClient(earlier);
  }

  /**
   * What is stored together is acknowledged together.
   * @param {Client} client
   * @param {Session} session
   */
  function acknowledgeSoon(client, session) {
    if (session.acknowledgesSoon) return;
    session.acknowledgesSoon = true;
    setImmediate(() => {
      session.acknowledgesSoon = false;
      acknowledge(services, client, session);
    });
  }

  return Object.fromEntries(
    Object.entries(commands).map(([type, command]) => [
      type,
      PASSING.includes(type)
        ? (client, _session, message) => command(client, message)
        : (client, session, message) => applyOnce(command, type, client, session, message),
    ]),
  );
}

/**
 * Tells the page which of its messages took effect since this was last told.
 * @param {Pick<import('./services.js').ServicesV2, 'clock' | 'counters'>} services
 * @param {Client} client
 * @param {Session} session
 */
export function acknowledge({ clock, counters }, client, session) {
  const { applied } = session;
  if (applied.length === 0) return;
  session.applied = [];
  counters.acknowledged += applied.length;
  client.reply({ type: 'ack', messageIds: applied, timestamp: isoNow(clock) });
}
