/**
 * From a bill's document to what the gateway publishes about it, with the moment of each.
 *
 * Counting, exact on the receiving side: every `actions/item` of the file is one `status_change`,
 * every `amendments/amendment` is one `amendment`, and every recorded vote of the bill itself is,
 * in addition, one `voting_scheduled`: just before the action that tells its result, or at its own
 * moment where the file keeps it beside the actions. Votes on amendments are in the amendment's
 * data. Each has a `data.eventId` that stays the same from run to run, also when a newer file has
 * more actions (actions are numbered from the oldest).
 */

import { anyMoment, washingtonDate, washingtonMoment } from './washington-time.js';
import { chamberOf, statusAfter } from './status.js';
import { nameAmendment } from './bill-name.js';

/** @typedef {import('../../events/fields.js').Fields} Fields */
/** @typedef {import('./document.js').BillDocument} BillDocument */

/**
 * @typedef {object} TimelineEntry
 * @property {number} moment Milliseconds since the Unix epoch.
 * @property {string} type The update's type.
 * @property {Fields} data
 */

/**
 * @param {BillDocument} document
 * @returns {TimelineEntry[]} In order of their moments; for equal moments actions before amendments.
 */
export function timelineOf(document) {
  const own = {
    billNumber: document.name.name,
    congress: document.name.congress,
    title: document.title,
  };
  const actions = actionEntries(document, own);
  const votes = voteEntries(document, own, actions);
  return [...votes, ...actions, ...amendmentEntries(document, own)].sort(
    (a, b) => a.moment - b.moment,
  );
}

/**
 * @param {BillDocument} document
 * @returns {{ actions: number, amendments: number, votes: number }}
 */
export function countsOf(document) {
  return {
    actions: document.actions.length,
    amendments: document.amendments.length,
    votes: new Set(allVotes(document).map(({ vote }) => voteKey(vote))).size,
  };
}

/**
 * An action without a time keeps its place in the file: it gets the time of the one before it on
 * the same day. One without a date, which no known file has, follows the one before it.
 * @param {BillDocument} document
 * @param {Fields} own
 * @returns {TimelineEntry[]}
 */
function actionEntries(document, own) {
  /** @type {import('./status.js').Status | null} */
  let status = null;
  let day = '';
  let moment = anyMoment(document.introduced) ?? 0;
  return [...document.actions].reverse().map((action, index) => {
    const oldStatus = status;
    status = statusAfter(status, action, document.name.type);
    if (action.time !== '' || action.date !== day)
      moment = washingtonMoment(action.date, action.time) ?? moment;
    day = action.date;
    const data = compact({
      eventId: `${document.name.key}/action-${index + 1}`,
      kind: 'action',
      ...own,
      newStatus: status ?? 'introduced',
      oldStatus: oldStatus === status ? '' : (oldStatus ?? ''),
      description: action.text || action.type || 'Action without a text',
      chamber: chamberOf(action),
      actionCode: action.code,
      actionType: action.type,
      date: action.date,
      time: action.time,
      committees: action.committees,
      source: action.sourceSystem,
    });
    return { moment, type: 'status_change', data };
  });
}

/**
 * @param {BillDocument} document
 * @param {Fields} own
 * @param {TimelineEntry[]} actions Oldest first.
 * @returns {TimelineEntry[]}
 */
function voteEntries(document, own, actions) {
  /** @type {Map<string, TimelineEntry>} */
  const entries = new Map();
  for (const { vote, position, text } of allVotes(document)) {
    const key = voteKey(vote);
    const known = entries.get(key);
    if (known !== undefined) {
      if (vote.question !== '') known.data.question = vote.question;
      continue;
    }
    const moment = actions[position]?.moment ?? anyMoment(vote.date) ?? actions.at(-1)?.moment ?? 0;
    const data = compact({
      eventId: `${document.name.key}/vote-${key}`,
      kind: 'vote',
      ...own,
      description: `Roll call ${vote.rollNumber} in the ${vote.chamber}${text === '' ? '' : `: ${text}`}`,
      question: vote.question,
      chamber: vote.chamber,
      session: vote.session,
      rollNumber: vote.rollNumber,
      date: vote.date.slice(0, 10),
      votedAt: vote.date,
      url: vote.url,
    });
    entries.set(key, { moment, type: 'voting_scheduled', data });
  }
  return [...entries.values()];
}

/**
 * @param {BillDocument} document
 * @returns {{ vote: import('./document.js').RecordedVote, position: number, text: string }[]} Votes inside
 *   actions with the action's position among the oldest first, then those beside the actions with -1.
 */
function allVotes(document) {
  const inside = [...document.actions]
    .reverse()
    .flatMap((action, position) =>
      action.votes.map((vote) => ({ vote, position, text: action.text })),
    );
  return [
    ...inside,
    ...document.votes.map((vote) => ({ vote, position: -1, text: vote.question })),
  ];
}

/** @param {import('./document.js').RecordedVote} vote */
function voteKey({ chamber, congress, session, rollNumber }) {
  return `${chamber.toLowerCase()}-${congress}-${session}-${rollNumber}`;
}

/**
 * @param {BillDocument} document
 * @param {Fields} own
 * @returns {TimelineEntry[]} In order of type and number.
 */
function amendmentEntries(document, own) {
  const sorted = document.amendments
    .map((amendment) => ({ amendment, moment: momentOf(amendment) }))
    .sort(
      (a, b) =>
        a.amendment.type.localeCompare(b.amendment.type, 'en') ||
        Number(a.amendment.number) - Number(b.amendment.number),
    );
  const estimates = estimateMoments(document, sorted);
  /** @type {Map<string, number>} */
  const occurrences = new Map();
  return sorted.map(({ amendment, moment }, index) => {
    const name = `${amendment.type.toLowerCase() || 'amendment'}-${amendment.number || index + 1}`;
    const occurrence = (occurrences.get(name) ?? 0) + 1;
    occurrences.set(name, occurrence);
    const when = moment ?? /** @type {number} */ (estimates[index]);
    const data = compact({
      eventId: `${document.name.key}/${name}${occurrence > 1 ? `-${occurrence}` : ''}`,
      kind: 'amendment',
      ...own,
      amendmentNumber: nameAmendment(amendment.type, amendment.number),
      amendmentType: amendment.type,
      chamber: /^H/.test(amendment.chamber || amendment.type) ? 'House' : 'Senate',
      sponsor: amendment.sponsor,
      purpose: amendment.purpose,
      description: amendment.description === amendment.purpose ? '' : amendment.description,
      date: washingtonDate(when),
      dateEstimated: moment === null ? true : '',
      amends:
        amendment.amends === null
          ? ''
          : nameAmendment(amendment.amends.type, amendment.amends.number),
      latestAction: amendment.latestAction ?? '',
      votes: amendment.votes.map(({ chamber, rollNumber, date, url }) => ({
        chamber,
        rollNumber,
        date,
        url,
      })),
    });
    return { moment: when, type: 'amendment', data };
  });
}

/**
 * @param {import('./document.js').Amendment} amendment
 * @returns {number | null} When it was submitted, as far as the file says.
 */
function momentOf(amendment) {
  const submitted = anyMoment(amendment.submittedDate) ?? anyMoment(amendment.proposedDate);
  if (submitted !== null) return submitted;
  const [earliest] = [...amendment.actionDates, amendment.latestAction?.date ?? '']
    .filter((date) => date !== '')
    .sort();
  return earliest === undefined ? null : washingtonMoment(earliest);
}

/**
 * Older files give many amendments by number alone. Numbers are given in order of submission, so such
 * an amendment is taken to be of the day of the nearest lower number with a date, else of the nearest
 * higher one, else of the bill's introduction.
 * @param {BillDocument} document
 * @param {{ amendment: import('./document.js').Amendment, moment: number | null }[]} sorted
 * @returns {number[]}
 */
function estimateMoments(document, sorted) {
  /** @type {(number | null)[]} */
  const estimates = [];
  let before = { type: '', moment: /** @type {number | null} */ (null) };
  for (const { amendment, moment } of sorted) {
    if (before.type !== amendment.type) before = { type: amendment.type, moment: null };
    if (moment !== null) before.moment = moment;
    estimates.push(before.moment);
  }
  let after = { type: '', moment: /** @type {number | null} */ (null) };
  for (let index = sorted.length - 1; index >= 0; index -= 1) {
    const { amendment, moment } = /** @type {(typeof sorted)[number]} */ (sorted[index]);
    if (after.type !== amendment.type) after = { type: amendment.type, moment: null };
    if (moment !== null) after.moment = moment;
    estimates[index] ??= after.moment;
  }
  const introduced = anyMoment(document.introduced) ?? 0;
  return estimates.map((moment) => moment ?? introduced);
}

/**
 * @param {Fields} fields
 * @returns {Fields} Without empty texts and empty lists.
 */
function compact(fields) {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
