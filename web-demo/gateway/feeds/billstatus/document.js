/**
 * From BILLSTATUS XML to one plain shape for both generations of the schema. The older one nests
 * `bill/billNumber` and `bill/billType`, keeps recorded votes beside the actions, and lists many
 * amendments by number alone; the newer one has `bill/number`, `bill/type`, and recorded votes inside
 * the actions. Both repeat fields inside an amendment; the first that is not empty counts.
 *
 * Nothing here expands entities: a file that declares its own is refused.
 * Format: https://github.com/usgpo/bill-status
 */

import { XMLParser } from 'fast-xml-parser';
import { nameBill } from './bill-name.js';

/**
 * @typedef {object} RecordedVote
 * @property {string} chamber
 * @property {string} congress
 * @property {string} session
 * @property {string} rollNumber
 * @property {string} date
 * @property {string} url
 * @property {string} question Empty where the file gives none.
 */

/**
 * @typedef {object} Action
 * @property {string} date
 * @property {string} time
 * @property {string} text
 * @property {string} type
 * @property {string} code
 * @property {string} sourceSystem
 * @property {string[]} committees
 * @property {RecordedVote[]} votes
 */

/**
 * @typedef {object} Amendment
 * @property {string} congress
 * @property {string} type
 * @property {string} number
 * @property {string} purpose
 * @property {string} description
 * @property {string} chamber
 * @property {string} sponsor
 * @property {string} submittedDate
 * @property {string} proposedDate
 * @property {{ date: string, text: string } | null} latestAction
 * @property {{ type: string, number: string } | null} amends The amendment that it amends.
 * @property {string[]} actionDates
 * @property {RecordedVote[]} votes
 */

/**
 * @typedef {object} BillDocument
 * @property {import('./bill-name.js').BillName} name
 * @property {string} title
 * @property {string} sponsor
 * @property {string} committee
 * @property {string} originChamber
 * @property {string} introduced
 * @property {Action[]} actions In the order of the file: newest first.
 * @property {Amendment[]} amendments In the order of the file.
 * @property {RecordedVote[]} votes Those that the file keeps beside the actions.
 */

const REPEATED = new Set(['item', 'amendment', 'recordedVote', 'link']);

/** The five entities of XML and numeric references; no declared ones. */
const entityDecoder = {
  setExternalEntities() {},
  /** @param {Record<string, string>} entities */
  addInputEntities(entities) {
    if (Object.keys(entities).length > 0)
      throw new Error('it declares entities of its own, which is refused');
  },
  reset() {},
  setXmlVersion() {},
  /** @param {string} text */
  decode(text) {
    return text.includes('&')
      ? text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, decodeOne)
      : text;
  },
};

const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 40,
  jPath: false,
  isArray: (name) => REPEATED.has(name),
  entityDecoder,
});

/**
 * @param {string} xml
 * @returns {BillDocument}
 * @throws {Error} With the reason, for a person.
 */
export function readBillDocument(xml) {
  const root = parser.parse(xml, true);
  const bill = child(root, 'billStatus')?.bill;
  if (typeof bill !== 'object' || bill === null)
    throw new Error('it has no billStatus/bill element');
  const name = nameBill(
    text(bill, 'congress'),
    text(bill, 'type') || text(bill, 'billType'),
    text(bill, 'number') || text(bill, 'billNumber'),
  );
  const originChamber = text(bill, 'originChamber');
  return {
    name,
    title: text(bill, 'title') || name.name,
    sponsor: sponsorOf(bill),
    committee: committeeOf(bill, originChamber),
    originChamber,
    introduced: text(bill, 'introducedDate'),
    actions: list(child(bill, 'actions'), 'item').map(readAction),
    amendments: list(child(bill, 'amendments'), 'amendment').map(readAmendment),
    votes: readVotes(bill),
  };
}

/**
 * @param {any} action
 * @returns {Action}
 */
function readAction(action) {
  const committees = [...list(child(action, 'committees'), 'item'), child(action, 'committee')];
  return {
    date: text(action, 'actionDate'),
    time: text(action, 'actionTime'),
    text: text(action, 'text'),
    type: text(action, 'type'),
    code: text(action, 'actionCode'),
    sourceSystem: text(child(action, 'sourceSystem'), 'name'),
    committees: committees
      .map((committee) => text(committee, 'name'))
      .filter((committee) => committee !== ''),
    votes: readVotes(action),
  };
}

/**
 * @param {any} amendment
 * @returns {Amendment}
 */
function readAmendment(amendment) {
  const outer = child(amendment, 'actions');
  const actions = [...list(child(outer, 'actions'), 'item'), ...list(outer, 'item')];
  const latest = child(amendment, 'latestAction');
  const amended = child(amendment, 'amendedAmendment');
  return {
    congress: text(amendment, 'congress'),
    type: text(amendment, 'type'),
    number: text(amendment, 'number'),
    purpose: text(amendment, 'purpose'),
    description: text(amendment, 'description'),
    chamber: text(amendment, 'chamber'),
    sponsor: sponsorOf(amendment),
    submittedDate: text(amendment, 'submittedDate'),
    proposedDate: text(amendment, 'proposedDate'),
    latestAction:
      text(latest, 'actionDate') === ''
        ? null
        : { date: text(latest, 'actionDate'), text: text(latest, 'text') },
    amends:
      text(amended, 'number') === ''
        ? null
        : { type: text(amended, 'type'), number: text(amended, 'number') },
    actionDates: actions.map((action) => text(action, 'actionDate')).filter((date) => date !== ''),
    votes: actions.flatMap(readVotes),
  };
}

/**
 * @param {any} parent
 * @returns {RecordedVote[]}
 */
function readVotes(parent) {
  return list(child(parent, 'recordedVotes'), 'recordedVote').map((vote) => ({
    chamber: text(vote, 'chamber'),
    congress: text(vote, 'congress'),
    session: text(vote, 'sessionNumber'),
    rollNumber: text(vote, 'rollNumber'),
    date: text(vote, 'date'),
    url: text(vote, 'url'),
    question: text(vote, 'fullActionName'),
  }));
}

/**
 * @param {any} bill
 * @param {string} originChamber
 * @returns {string} The first committee of the chamber of origin, else the first of all.
 */
function committeeOf(bill, originChamber) {
  const outer = child(bill, 'committees');
  const committees = list(child(outer, 'billCommittees') ?? outer, 'item');
  return text(
    committees.find((committee) => text(committee, 'chamber') === originChamber) ?? committees[0],
    'name',
  );
}

/** @param {any} parent */
function sponsorOf(parent) {
  const sponsor = list(child(parent, 'sponsors'), 'item')[0];
  return text(sponsor, 'fullName') || text(sponsor, 'name');
}

/**
 * @param {any} parent
 * @param {string} name
 * @returns {any} The first element of this name that has content, or undefined.
 */
function child(parent, name) {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name))
    return undefined;
  const value = parent[name];
  return Array.isArray(value) ? value.find((one) => typeof one === 'object') : value;
}

/**
 * @param {any} parent
 * @param {string} name
 * @returns {any[]} Every element of this name, empty ones too: each of them counts.
 */
function list(parent, name) {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name)) return [];
  return Array.isArray(parent[name]) ? parent[name] : [parent[name]];
}

/**
 * @param {any} parent
 * @param {string} name
 * @returns {string} The first text of this name that is not empty, in one line; '' when there is none.
 */
function text(parent, name) {
  for (const value of list(parent, name)) {
    if (typeof value === 'string' && value.trim() !== '') return value.replace(/\s+/g, ' ').trim();
  }
  return '';
}

/**
 * @param {string} whole
 * @param {string | undefined} hexadecimal
 * @param {string | undefined} decimal
 * @param {string | undefined} name
 */
function decodeOne(whole, hexadecimal, decimal, name) {
  if (name !== undefined)
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name.toLowerCase()] ?? whole;
  const point = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}
