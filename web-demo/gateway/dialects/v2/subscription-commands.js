/** `subscribe` and `unsubscribe`: any number of topics in one frame. */

import { isoNow } from '../../clock.js';
import { FrameError, readMessageId } from '../v1/fields.js';
import { discussedBill } from '../v1/topics.js';
import { Welcome } from '../v1/welcome.js';
import { Cursor } from './cursor.js';
import { readWish, requireStream, requireTopics } from './topics.js';

/** @typedef {import('./cursors.js').Cursors} Cursors */
/** @typedef {import('./services.js').Client} Client */
/** @typedef {import('./services.js').Fields} Fields */
/** @typedef {import('./services.js').Session} Session */
/** @typedef {import('./topics.js').Wish} Wish */

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
   * @param {Cursor[]} opened Gets the new place.
   * @returns {Promise<Fields>} What is answered.
   */
  async function open(client, { cursors }, asked, opened) {
    const wish = readWish(asked);
    const { topic } = wish;
    if (!cursors.has(topic) && cursors.count >= maximumSubscriptions)
      throw new FrameError(
        `subscribe: this connection has ${cursors.count} subscriptions; allowed: at most ${maximumSubscriptions}`,
      );
    try {
      await fanOut.follow(client, topic);
      const newest = await bus.locate(topic, client.user.id, newcomerEvents);
      counters.countSubscribe(topic);
      return topic === '*'
        ? openEverything(cursors, wish, newest.epoch)
        : openStream(cursors, wish, newest, opened);
    } finally {
      // The bus failed, or the client has gone while it was asked.
      if (!cursors.has(topic) || !fanOut.clients.has(client)) fanOut.unfollow(client, topic);
    }
  }

  /**
   * @param {Cursors} cursors
   * @param {Wish} wish
   * @param {import('../../bus/bus.js').Place} newest
   * @param {Cursor[]} opened
   * @returns {Fields}
   */
  function openStream(cursors, { topic, since, filters }, newest, opened) {
    const epoch = cursors.epochOf(topic, newest.epoch);
    const { seq, floor } = newest;
    const isKnown = since !== null && since.epoch === epoch && since.seq <= seq;
    const recovered = isKnown && since.seq >= floor;
    if (since !== null) counters[recovered ? 'recovered' : 'notRecovered'] += 1;
    let { start } = newest;
    if (isKnown) start = Math.max(since.seq, floor);
    // A page that had another history may have missed any of this one.
    else if (since !== null) start = floor;
    const historyThrough = isKnown ? 0 : seq;
    const cursor = new Cursor(topic, filters, { epoch: newest.epoch, start, historyThrough });
    cursors.open(cursor);
    opened.push(cursor);
    return { topic, epoch, seq, start, recovered };
  }

  return {
    async subscribe(client, session, message) {
      const messageId = readMessageId(message, 'subscribe');
      const asked = requireTopics(message, 'subscribe', maximumSubscriptions);
      /** @type {Cursor[]} */
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
      session.cursors.begin(opened);
      for (const { topic, filters } of opened) {
        const billId = discussedBill(topic);
        if (billId !== null) welcome.sendPresent(client, billId, filters);
      }
    },

    unsubscribe(client, session, message) {
      const messageId = readMessageId(message, 'unsubscribe');
      const streams = requireTopics(message, 'unsubscribe', maximumSubscriptions).map((name) =>
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
 * @param {Cursors} cursors
 * @param {Wish} wish
 * @param {string} epoch
 * @returns {Fields} It has no numbers of its own.
 */
function openEverything(cursors, { topic, filters }, epoch) {
  cursors.openEverything(filters);
  return { topic, epoch, seq: 0, start: 0, recovered: false };
}

/**
 * @param {unknown} asked
 * @returns {string | null} The topic that is refused, as it was written.
 */
function nameOf(asked) {
  const topic = /** @type {any} */ (asked)?.topic;
  return typeof topic === 'string' ? topic.slice(0, LONGEST_NAME_CHARACTERS) : null;
}
