/** `subscribe` and `unsubscribe`: any number of topics in one frame. */

import { isoNow } from '../../clock.js';
import { FrameError, readMessageId } from '../v1/fields.js';
import { discussedBill } from '../v1/topics.js';
import { Welcome } from '../v1/welcome.js';
import { busPosition, epochFor } from './personal-epoch.js';
import { readWish, requireStream, requireTopics } from './topics.js';

/** @typedef {import('./services.js').Client} Client */
/** @typedef {import('./services.js').Fields} Fields */
/** @typedef {import('./services.js').Session} Session */
/** @typedef {import('./topics.js').Wish} Wish */
/** @typedef {{ cursor: import('./cursor.js').Cursor, newest: number }} Opened A place, and the newest event then. */

const LONGEST_NAME_CHARACTERS = 200;

/**
 * @param {import('./services.js').ServicesV2} services
 * @returns {import('./services.js').CommandsV2}
 */
export function subscriptionCommands(services) {
  const { bus, clock, community, counters, fanOut, maximumSubscriptions, newcomerEvents } =
    services;
  const welcome = new Welcome(services);

  /**
   * @param {Client} client
   * @param {Session} session
   * @param {unknown} asked
   * @param {Opened[]} opened Gets the new place.
   * @returns {Promise<Fields>} What is answered.
   */
  async function open(client, { cursors }, asked, opened) {
    const wish = readWish(asked);
    const { topic, filters } = wish;
    if (!cursors.has(topic) && cursors.count >= maximumSubscriptions)
      throw new FrameError(
        `subscribe: this connection has ${cursors.count} subscriptions; allowed: at most ${maximumSubscriptions}`,
      );
    await fanOut.follow(client, topic);
    // The client may have gone while the bus was asked.
    if (!fanOut.clients.has(client)) fanOut.unfollow(client, topic);
    counters.countSubscribe(topic);
    if (topic === '*') {
      cursors.openEverything(filters);
      return { topic, recovered: false };
    }
    const isDistrusted = cursors.isDistrusted(topic);
    const cursor = cursors.open(topic, filters);
    const since = busPosition(topic, wish.since, client.user.id);
    const newest = await bus.locate(topic, client.user.id, newcomerEvents, since);
    const { seq } = newest;
    const epoch = epochFor(topic, newest.epoch, client.user.id);
    const { start, isKnown, recovered } = startOf(wish, isDistrusted ? null : epoch, newest);
    cursor.startAt(newest.epoch, start, isKnown ? 0 : seq);
    opened.push({ cursor, newest: seq });
    if (wish.since !== null) counters[recovered ? 'recovered' : 'notRecovered'] += 1;
    return { topic, epoch, seq, start, recovered };
  }

  return {
    async subscribe(client, session, message) {
      const messageId = readMessageId(message, 'subscribe');
      const asked = requireTopics(message, 'subscribe');
      /** @type {Opened[]} */
      const opened = [];
      const topics = [];
      for (const one of asked) {
        try {
          topics.push(await open(client, session, one, opened));
        } catch (error) {
          if (!(error instanceof FrameError)) throw error;
          counters.errorsSent += 1;
          topics.push({ topic: nameOf(one), error: error.message });
        }
      }
      client.reply({ type: 'subscribed', messageId, topics, timestamp: isoNow(clock) });
      for (const { cursor, newest } of opened) {
        session.cursors.begin(cursor, newest);
        const billId = discussedBill(cursor.topic);
        if (billId !== null) welcome.sendPresent(client, billId, cursor.filters);
      }
    },

    unsubscribe(client, session, message) {
      const messageId = readMessageId(message, 'unsubscribe');
      const streams = requireTopics(message, 'unsubscribe').map((name) =>
        requireStream(name, 'unsubscribe'),
      );
      for (const topic of new Set(streams)) {
        if (!session.cursors.has(topic)) continue;
        session.cursors.close(topic);
        fanOut.unfollow(client, topic);
        counters.countUnsubscribe(topic);
        const billId = discussedBill(topic);
        if (billId !== null) community.left(client, billId);
      }
      client.reply({ type: 'unsubscribed', messageId, timestamp: isoNow(clock) });
    },
  };
}

/**
 * @param {Wish} wish
 * @param {string | null} epoch As this client is told; null when no position of it is good.
 * @param {import('../../bus/bus.js').Place} newest
 */
function startOf({ since }, epoch, { seq, floor, start }) {
  if (since === null) return { start, isKnown: false, recovered: false };
  // A page that had another history may have missed any of this one.
  if (since.epoch !== epoch || since.seq > seq)
    return { start: floor, isKnown: false, recovered: false };
  return { start: Math.max(since.seq, floor), isKnown: true, recovered: since.seq >= floor };
}

/**
 * @param {unknown} asked
 * @returns {string | null} The topic that is refused, as it was written.
 */
function nameOf(asked) {
  const topic = /** @type {any} */ (asked)?.topic;
  return typeof topic === 'string' ? topic.slice(0, LONGEST_NAME_CHARACTERS) : null;
}
