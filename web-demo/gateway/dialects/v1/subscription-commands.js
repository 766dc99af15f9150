/** `subscribe`, `unsubscribe` and their batch forms, which are for bills. */

import { describe } from '../../events/fields.js';
import { readFilters } from '../../events/filters.js';
import { FrameError, readMessageId, readSubscriptionId, readTopics } from './fields.js';
import { readTarget } from './topics.js';

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('./subscriptions.js').SubscriptionsV1} SubscriptionsV1 */

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
  function checkRoom({ subscriptions: { count } }, command, added) {
    if (count + added <= maximumSubscriptions) return;
    throw new FrameError(
      `${command}: this connection has ${count} subscriptions and ${added} more were asked for; allowed: at most ${maximumSubscriptions}`,
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
      checkRoom(client, 'subscribe', of(client).isSubscribed(topic, subscriptionId) ? 0 : 1);
      of(client).subscribe(topic, subscriptionId, filters);
      fanOut.follow(client, topic);
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
        of(client).has(topic) &&
        !of(client).isSubscribed(topic, subscriptionId)
      ) {
        throw new FrameError(
          `unsubscribe: subscriptionId ${describe(subscriptionId)} is not subscribed to ${topic}; allowed: the id of the subscribe, or none for all of the topic`,
        );
      }
      of(client).unsubscribe(topic, subscriptionId);
      if (!of(client).has(topic)) fanOut.unfollow(client, topic);
      counters.countUnsubscribe(topic);
      reply(client, 'unsubscribe_confirmation', data, messageId);
      if (kind === 'discussion' && billId !== null) community.left(client, billId);
    },

    batch_subscribe(client, message) {
      const messageId = readMessageId(message, 'batch_subscribe');
      const { written, topics } = readTopics(message, 'batch_subscribe');
      const added = topics.filter((topic) => !of(client).isSubscribed(topic, topic));
      checkRoom(client, 'batch_subscribe', added.length);
      for (const topic of topics) {
        of(client).subscribe(topic, topic, null);
        fanOut.follow(client, topic);
        counters.countSubscribe(topic);
      }
      reply(client, 'batch_subscribe_confirmation', { bill_ids: written }, messageId);
      for (const topic of topics) welcome.sendBill(client, topic.slice('bill:'.length), null);
    },

    batch_unsubscribe(client, message) {
      const messageId = readMessageId(message, 'batch_unsubscribe');
      const { written, topics } = readTopics(message, 'batch_unsubscribe');
      for (const topic of topics) {
        of(client).unsubscribe(topic, null);
        fanOut.unfollow(client, topic);
        counters.countUnsubscribe(topic);
      }
      reply(client, 'batch_unsubscribe_confirmation', { bill_ids: written }, messageId);
    },
  };
}

/**
 * @param {Client} client
 * @returns {SubscriptionsV1}
 */
function of(client) {
  return /** @type {SubscriptionsV1} */ (client.subscriptions);
}
