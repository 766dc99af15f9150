/** One simulated bill: who it is, how far it has come, and what people do with it. */

import { SEATS, STEPS } from './stages.js';
import * as words from './vocabulary.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */

const DAY_MS = 86_400_000;
const QUIET_EVENTS_BEFORE_NEXT_SESSION = 40;

export class SimulatedBill {
  #random;
  #step = 0;
  #session = 1;
  #voteScheduled = false;
  #eventsAtEnd = 0;
  #events = 0;
  #amendments = 0;
  #measures;
  #commentsMade = 0;
  #views;
  #saves;
  #shares;
  #experts = 0;
  #sentiment;
  #controversy;
  /** @type {string} */
  #status;

  /**
   * @param {number} id
   * @param {import('./random.js').Random} random
   * @param {import('../../community/measures.js').Measures} measures
   */
  constructor(id, random, measures) {
    this.#random = random;
    this.#measures = measures;
    this.id = id;
    this.originChamber = random.fraction() < 0.6 ? 'House' : 'Senate';
    this.number = `${this.originChamber === 'House' ? 'H.R.' : 'S.'} ${100 + id}`;
    const title = /** @type {string} */ (words.TITLES[(id - 1) % words.TITLES.length]);
    const part = Math.floor((id - 1) / words.TITLES.length);
    this.title = part === 0 ? title : `${title}, Part ${part + 1}`;
    const prefix = this.originChamber === 'House' ? 'Rep.' : 'Sen.';
    this.sponsor = random.pick(words.SPONSORS.filter((name) => name.startsWith(prefix)));
    this.committee = random.pick(words.COMMITTEES);
    /** How much attention it gets. */
    this.attention = 1 / (0.3 + random.fraction());
    this.#step = random.whole(0, 6);
    this.#status = this.#statusOf(this.#step);
    this.#views = random.whole(200, 9000);
    this.#saves = Math.floor(this.#views * 0.04);
    this.#shares = Math.floor(this.#views * 0.02);
    this.#sentiment = random.fraction() * 1.2 - 0.5;
    this.#controversy = random.fraction() * 0.8;
  }

  get status() {
    return this.#status;
  }

  /** @returns {Fields} The step the bill is at when the simulation opens. */
  openingUpdate() {
    return this.#update('status_change', {
      newStatus: this.#status,
      ...this.#stepData(this.#step),
    });
  }

  /** @returns {Fields} Metrics with every counter. */
  metrics() {
    const rounded = (/** @type {number} */ value) => Math.round(value * 100) / 100;
    return {
      view_count: this.#views,
      save_count: this.#saves,
      comment_count: this.#measures.comments(this.id),
      share_count: this.#shares,
      expert_engagement: this.#experts,
      community_sentiment: rounded(this.#sentiment),
      controversy_level: rounded(this.#controversy),
    };
  }

  /**
   * Something happens.
   * @param {number} nowMs
   * @returns {{ update: Fields } | { metrics: Fields }}
   */
  next(nowMs) {
    const atEnd = this.#step === STEPS.length - 1;
    if (atEnd) this.#eventsAtEnd += 1;
    if (this.#eventsAtEnd > QUIET_EVENTS_BEFORE_NEXT_SESSION)
      return { update: this.#reintroduce() };
    const canAmend = this.#step >= 1 && this.#step <= 7 && this.#step !== 4;
    const kind = this.#random.weighted(
      /** @type {const} */ ([
        ['metrics', 34],
        ['new_comment', 27],
        ['engagement_change', 10],
        ['expert_analysis', 7],
        ['constitutional_flag', 2],
        ['amendment', canAmend ? 10 : 0],
        ['status_change', atEnd ? 0 : 9],
      ]),
    );
    switch (kind) {
      case 'metrics':
        return { metrics: this.#grow() };
      case 'new_comment':
        return { update: this.#comment() };
      case 'engagement_change':
        return { update: this.#engagementChange() };
      case 'expert_analysis':
        return { update: this.#expertAnalysis() };
      case 'constitutional_flag':
        return { update: this.#constitutionalFlag() };
      case 'amendment':
        return { update: this.#amend() };
      default:
        return { update: this.#advance(nowMs) };
    }
  }

  /** @param {number} nowMs */
  #advance(nowMs) {
    const nextStep = STEPS[this.#step + 1];
    if (nextStep?.vote && !this.#voteScheduled) {
      this.#voteScheduled = true;
      const date = new Date(nowMs + this.#random.whole(1, 10) * DAY_MS).toISOString().slice(0, 10);
      const chamber = this.#chamberAt(this.#step + 1);
      return this.#update('voting_scheduled', {
        chamber,
        date,
        description: `A vote in the ${chamber} is set for ${date}.`,
      });
    }
    this.#voteScheduled = false;
    const oldStatus = this.#status;
    this.#step += 1;
    this.#status = this.#statusOf(this.#step);
    return this.#update('status_change', {
      oldStatus,
      newStatus: this.#status,
      ...this.#stepData(this.#step),
    });
  }

  #reintroduce() {
    const oldStatus = this.#status;
    this.#eventsAtEnd = 0;
    this.#session += 1;
    this.#step = 0;
    this.#status = this.#statusOf(0);
    const description = `A follow-up bill is introduced in the ${this.originChamber} (session ${this.#session}).`;
    return this.#update('status_change', {
      oldStatus,
      newStatus: this.#status,
      chamber: this.originChamber,
      description,
    });
  }

  #comment() {
    this.#commentsMade += 1;
    const commentCount = this.#measures.changeComments(this.id, 1);
    this.#views += this.#random.whole(1, 5);
    return this.#update('new_comment', {
      commentId: `${this.id}-c${this.#commentsMade}`,
      author: this.#random.pick(words.COMMENTATORS),
      text: this.#random.pick(words.COMMENTS),
      commentCount,
    });
  }

  #engagementChange() {
    this.#grow();
    return this.#update('engagement_change', {
      viewCount: this.#views,
      saveCount: this.#saves,
      commentCount: this.#measures.comments(this.id),
      shareCount: this.#shares,
    });
  }

  #expertAnalysis() {
    this.#experts += 1;
    const [expert, organisation] = this.#random.pick(words.EXPERTS);
    return this.#update('expert_analysis', {
      expert,
      organisation,
      summary: this.#random.pick(words.ANALYSES),
      confidence: this.#random.whole(55, 95) / 100,
    });
  }

  #constitutionalFlag() {
    const [provision, concern] = this.#random.pick(words.CONSTITUTIONAL_QUESTIONS);
    this.#controversy = Math.min(1, this.#controversy + 0.05);
    return this.#update('constitutional_flag', {
      provision,
      concern,
      severity: this.#random.pick(['low', 'medium', 'high']),
    });
  }

  #amend() {
    this.#amendments += 1;
    const chamber = this.#chamberAt(this.#step);
    return this.#update('amendment', {
      amendmentNumber: `${chamber === 'Senate' ? 'S.' : 'H.'}Amdt. ${this.id}-${this.#amendments}`,
      sponsor: this.#random.pick(words.SPONSORS),
      purpose: this.#random.pick(words.AMENDMENT_PURPOSES),
      chamber,
      outcome: this.#random.pick(['offered', 'offered', 'agreed to', 'withdrawn', 'not agreed to']),
    });
  }

  #grow() {
    this.#views += this.#random.whole(3, 60);
    this.#saves += this.#random.fraction() < 0.5 ? this.#random.whole(0, 3) : 0;
    this.#shares += this.#random.fraction() < 0.4 ? this.#random.whole(0, 4) : 0;
    this.#sentiment = clamp(this.#sentiment + (this.#random.fraction() - 0.5) * 0.06, -1, 1);
    this.#controversy = clamp(this.#controversy + (this.#random.fraction() - 0.5) * 0.04, 0, 1);
    return this.metrics();
  }

  /**
   * @param {string} type
   * @param {Fields} data
   * @returns {Fields}
   */
  #update(type, data) {
    this.#events += 1;
    return {
      type,
      data: {
        eventId: `sim-${this.id}-${this.#events}`,
        billNumber: this.number,
        title: this.title,
        ...data,
      },
    };
  }

  /** @param {number} step */
  #stepData(step) {
    const chamber = this.#chamberAt(step);
    const seats = SEATS[chamber];
    const text = STEPS[step]?.text ?? '';
    const yeas = text.includes('{yeas}')
      ? this.#random.whole(Math.ceil(seats * 0.51), Math.floor(seats * 0.85))
      : 0;
    const absent = text.includes('{yeas}') ? this.#random.whole(0, Math.floor(seats * 0.03)) : 0;
    const description = text
      .replace('{chamber}', chamber)
      .replace('{committee}', this.committee)
      .replace('{yeas}', String(yeas))
      .replace('{nays}', String(Math.max(0, seats - yeas - absent)));
    return { description, chamber: STEPS[step]?.place === 'president' ? 'President' : chamber };
  }

  /** @param {number} step */
  #statusOf(step) {
    const status = STEPS[step]?.status ?? 'introduced';
    return status === 'passed_first' ? `passed_${this.originChamber.toLowerCase()}` : status;
  }

  /**
   * @param {number} step
   * @returns {'House' | 'Senate'}
   */
  #chamberAt(step) {
    const startedInHouse = this.originChamber === 'House';
    return (STEPS[step]?.place === 'first') === startedInHouse ? 'House' : 'Senate';
  }
}

/**
 * @param {number} value
 * @param {number} minimum
 * @param {number} maximum
 */
function clamp(value, minimum, maximum) {
  return Math.min(maximum, Math.max(minimum, value));
}
