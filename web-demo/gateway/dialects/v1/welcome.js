/**
 * What a newcomer to a topic is sent after the confirmation, beyond deployed servers, which replay
 * nothing. A bill: its newest `engagement_metrics`, then one `batched_updates` with its last updates.
 * A discussion: its newest comments and votes, then who is writing and how many follow it. The
 * notifications: those the user has. What is sent again is marked `"history": true`; option
 * `historySize` says how much, and 0 switches it off for bills, comments and votes.
 */

import { isoNow } from '../../clock.js';
import { eventMatches, updateMatches } from '../../events/filters.js';
import { billEvent } from '../../events/event.js';
import { readPublished } from '../../events/published.js';

/** @typedef {import('../../connections/client.js').Client} Client */
/** @typedef {import('../../events/fields.js').Fields} Fields */
/** @typedef {import('../../events/filters.js').Filters} Filters */

export class Welcome {
  #services;

  /** @param {import('./services.js').DialectServices} services */
  constructor(services) {
    this.#services = services;
  }

  /**
   * @param {Client} client
   * @param {import('./topics.js').Target} target
   * @param {Filters | null} filters
   */
  send(client, { topic, kind, billId }, filters) {
    if (kind === 'notifications') this.sendNotifications(client, filters);
    else if (kind === 'discussion' && billId !== null)
      this.#discussionKnown(client, billId, filters);
    else if (kind === 'bill' && billId !== null) this.sendBill(client, billId, filters);
    else if (topic === '*')
      for (const { id } of this.#services.bills.list()) this.sendBill(client, String(id), filters);
  }

  /**
   * @param {Client} client
   * @param {string} billId
   * @param {Filters | null} filters
   */
  sendBill(client, billId, filters) {
    const bill = this.#services.bills.get(billId);
    if (bill === undefined || this.#services.historySize === 0) return;
    const { metrics } = bill;
    if (metrics !== null && (filters === null || eventMatches(filters, metrics)))
      client.subscriptions.offer(metrics);
    const updates =
      filters === null
        ? [...bill.history]
        : bill.history.filter((update) => updateMatches(filters, update));
    if (updates.length === 0) return;
    const message = {
      type: 'batched_updates',
      bill_id: bill.description.id,
      history: true,
      updates,
      timestamp: isoNow(this.#services.clock),
    };
    client.subscriptions.offer(billEvent(billId, 'batched_updates', message, updates, null));
  }

  /**
   * @param {Client} client
   * @param {Filters | null} filters
   */
  sendNotifications(client, filters) {
    const { mailboxes, clock } = this.#services;
    for (const message of mailboxes.replay(client.user.id, clock.now()))
      this.#offer(client, message, filters);
  }

  /**
   * @param {Client} client
   * @param {string} billId
   * @param {Filters | null} filters
   */
  #discussionKnown(client, billId, filters) {
    const send = () => this.#sendDiscussion(client, billId, filters);
    const ready = this.#services.community.ready(billId);
    if (ready === null) send();
    // Who cannot be told what was is told what comes.
    else ready.then(send, () => {});
  }

  /**
   * @param {Client} client
   * @param {string} billId
   * @param {Filters | null} filters
   */
  #sendDiscussion(client, billId, filters) {
    const { community, historySize } = this.#services;
    const { discussions } = community;
    if (historySize > 0) {
      for (const { message } of discussions.comments(billId).slice(-historySize))
        this.#offer(client, { ...message, history: true }, filters);
      const counts = discussions.tally(billId);
      for (const { message } of discussions.votes(billId).slice(-historySize)) {
        const data = { .../** @type {Fields} */ (message.data), counts };
        this.#offer(client, { ...message, data, history: true }, filters);
      }
    }
    this.sendPresent(client, billId, filters);
  }

  /**
   * Who is writing in a discussion and how many follow it.
   * @param {Client} client
   * @param {string} billId
   * @param {Filters | null} filters
   */
  sendPresent(client, billId, filters) {
    const { community } = this.#services;
    const { typing, presence } = community;
    for (const typist of typing.typists(billId))
      if (typist.actor !== client)
        this.#offer(client, community.typingMessage(typist, true), filters);
    if (community.presenceChanged(billId)) return;
    const count = community.presentIn(billId);
    presence.toldOne(billId, count);
    this.#offer(client, community.presenceMessage(billId, count), filters);
  }

  /**
   * @param {Client} client
   * @param {Fields} message
   * @param {Filters | null} filters
   */
  #offer(client, message, filters) {
    for (const event of readPublished(message, isoNow(this.#services.clock)))
      if (filters === null || eventMatches(filters, event)) client.subscriptions.offer(event);
  }
}
