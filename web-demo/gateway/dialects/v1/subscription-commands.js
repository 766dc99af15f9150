/** `subscribe`, `unsubscribe` and their batch forms, which are for bills. */

import { describe } from '../../fields.js';
import { readFilters } from '../../filters.js';
import { FrameError, readMessageId, readSubscriptionId, readTopics } from './fields.js';
import { readTarget } from './topics.js';

/** @typedef {import('../../client.js').Client} Client */

/**
 * @param {import('./services.js').DialectServices} services
 * @param {import('./services.js').Reply} reply
 * @param {import('./welcome.js').Welcome} welcome
 * @returns {import('./services.js').Commands}
 */
export function subscriptionCommands(services, reply, welcome) {
  const { fanOut, community, counters, maximumSubscriptions } = services;

  /**
   * @param {Client} client
   * @param {string} command
   * @param {number} added
   */
  function checkRoom(client, command, added) {
    if (client.subscriptionCount + added <= maximumSubscriptions) return;
    throw new FrameError(
      `${command}: this connection has ${client.subscriptionCount} subscriptions and ${added} more were asked for; allowed: at most ${maximumSubscriptions}`,
    );
  }

  return {
    subscribe(client, message) {
      const target = readTarget(message, 'subscribe');
      const messageId = readMessageId(message, 'subscribe', target.kind === 'bill');
      const { topic, kind, data } = target;
      const subscriptionId = readSubscriptionId(message, 'subscribe') ?? topic;
      const { filters = null, error } = /** @type {any} */ (readFilters(message.filters));
      if (error !== undefined) throw new FrameError(`subscribe: ${error}`);
      checkRoom(client, 'subscribe', client.isSubscribed(topic, subscriptionId) ? 0 : 1);
      fanOut.subscribe(client, topic, subscriptionId, filters);
      counters.countSubscribe(topic);
      const { id, name } = client.user;
      const isPersonal = kind === 'discussion' || kind === 'notifications';
      const confirmed = isPersonal ? { ...data, user_id: id, user_name: name } : data;
      reply(client, 'subscribe_confirmation', confirmed, messageId);
      welcome.send(client, target, filters);
    },

    unsubscribe(client, message) {
      const { topic, kind, billId, data } = readTarget(message, 'unsubscribe');
      const messageId = readMessageId(message, 'unsubscribe', kind === 'bill');
      const subscriptionId = readSubscriptionId(message, 'unsubscribe');
      if (
        subscriptionId !== null &&
        client.hasTopic(topic) &&
        !client.isSubscribed(topic, subscriptionId)
      ) {
        throw new FrameError(
          `unsubscribe: subscriptionId ${describe(subscriptionId)} is not subscribed to ${topic}; allowed: the id of the subscribe, or none for all of the topic`,
        );
      }
      fanOut.unsubscribe(client, topic, subscriptionId);
      counters.countUnsubscribe(topic);
      reply(client, 'unsubscribe_confirmation', data, messageId);
      if (kind === 'discussion' && billId !== null) community.left(client, billId);
    },

    batch_subscribe(client, message) {
      const messageId = readMessageId(message, 'batch_subscribe');
      const { written, topics } = readTopics(message, 'batch_subscribe');
      const added = topics.filter((topic) => !client.isSubscribed(topic, topic));
      checkRoom(client, 'batch_subscribe', added.length);
      for (const topic of topics) {
        fanOut.subscribe(client, topic, topic, null);
        counters.countSubscribe(topic);
      }
      reply(client, 'batch_subscribe_confirmation', { bill_ids: written }, messageId);
      for (const topic of topics) welcome.sendBill(client, topic.slice('bill:'.length), null);
    },

    batch_unsubscribe(client, message) {
      const messageId = readMessageId(message, 'batch_unsubscribe');
      const { written, topics } = readTopics(message, 'batch_unsubscribe');
      for (const topic of topics) {
        fanOut.unsubscribe(client, topic, null);
        counters.countUnsubscribe(topic);
      }
      reply(client, 'batch_unsubscribe_confirmation', { bill_ids: written }, messageId);
    },
  };
}
