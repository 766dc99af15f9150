/** Simulated notifications for everybody, of every priority; seldom a system alert, which expires. */

import { isoNow, isoTime } from '../../../clock.js';

/** @typedef {import('../crowd.js').Surroundings} Surroundings */

const PAUSE_MS = /** @type {const} */ ([9000, 26_000]);
const ALERT_LASTS_MS = 10 * 60_000;

/** @type {readonly (readonly [string, number])[]} */
const PRIORITIES = [
  ['low', 30],
  ['normal', 32],
  ['medium', 20],
  ['high', 13],
  ['critical', 5],
];

/** @type {Record<string, readonly (readonly [string, string, string])[]>} Type, title and message by priority. */
const NOTICES = {
  low: [
    ['digest', 'Your weekly digest is ready', 'What happened to {number} and others you follow.'],
    ['discussion', 'People talk about {number}', 'New comments on the {title}.'],
  ],
  normal: [
    ['bill_update', '{number} has news', 'The Committee on {committee} published its notes.'],
    ['comment', '{sponsor} answered questions', 'Read the answers in the discussion of {number}.'],
  ],
  medium: [
    ['expert_analysis', 'An expert looked at {number}', 'A new assessment of the {title}.'],
    ['amendment', 'An amendment to {number}', 'An amendment to the {title} was offered.'],
  ],
  high: [
    [
      'voting_scheduled',
      '{number} comes to a vote',
      'A vote on the {title} is expected this week.',
    ],
    ['deadline', 'Comments on {number} close soon', 'The last day for comments is tomorrow.'],
  ],
  critical: [
    [
      'system_alert',
      'System alert',
      'This gateway is a simulation; a drill of alerts is under way.',
    ],
    ['vote_now', '{number} is being voted on', 'The vote on the {title} has begun.'],
  ],
};

export class Notifier {
  #random;
  #surroundings;
  #made = 0;

  /**
   * @param {import('../random.js').Random} random
   * @param {Surroundings} surroundings
   */
  constructor(random, surroundings) {
    this.#random = random;
    this.#surroundings = surroundings;
  }

  begin() {
    this.#surroundings.schedule.after(this.#random.whole(...PAUSE_MS), () => {
      this.#notify();
      this.begin();
    });
  }

  #notify() {
    const { bills, publish, clock } = this.#surroundings;
    const bill = this.#random.pick(bills);
    const priority = this.#random.weighted(PRIORITIES);
    const [type, title, message] = this.#random.pick(NOTICES[priority] ?? []);
    const fill = (/** @type {string} */ text) =>
      text
        .replace('{number}', bill.number)
        .replace('{title}', bill.title)
        .replace('{sponsor}', bill.sponsor ?? 'The sponsor')
        .replace('{committee}', bill.committee ?? 'Rules');
    this.#made += 1;
    const isAlert = type === 'system_alert';
    publish({
      type: 'notification',
      notification: {
        id: `simulated-${this.#made}`,
        type,
        title: fill(title),
        message: fill(message),
        priority,
        data: { ...(isAlert ? {} : { bill_id: bill.id }), simulated: true },
        ...(isAlert ? { expires_at: isoTime(clock.now() + ALERT_LASTS_MS) } : {}),
      },
      timestamp: isoNow(clock),
    });
  }
}
