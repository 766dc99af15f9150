/**
 * Where a bill stands after an action. Actions are told apart by the codes of the Library of
 * Congress where they have one, else by their type and text; the older files write types in other
 * words. A bill only moves forward, so later paperwork about an earlier stage changes nothing.
 */

/** Later stages have higher ranks. */
const RANKS = {
  introduced: 1,
  in_committee: 2,
  reported: 3,
  floor_debate: 4,
  passed_house: 5,
  passed_senate: 5,
  passed_both: 6,
  resolving_differences: 7,
  agreed_to: 8,
  to_president: 8,
  vetoed: 9,
  signed: 10,
};

/** @typedef {keyof typeof RANKS} Status */

/** @type {Record<string, Status>} */
const STATUS_BY_CODE = {
  1000: 'introduced',
  10000: 'introduced',
  'Intro-H': 'introduced',
  5000: 'reported',
  14000: 'reported',
  H12100: 'reported',
  H12200: 'reported',
  H12410: 'reported',
  5500: 'reported',
  14500: 'reported',
  H12300: 'reported',
  H11100: 'in_committee',
  'H11100-A': 'in_committee',
  8000: 'passed_house',
  17000: 'passed_senate',
  19500: 'resolving_differences',
  20500: 'resolving_differences',
  20700: 'resolving_differences',
  20800: 'resolving_differences',
  20900: 'resolving_differences',
  21000: 'resolving_differences',
  23000: 'resolving_differences',
  28000: 'to_president',
  E20000: 'to_president',
  31000: 'vetoed',
  36000: 'signed',
  E40000: 'signed',
};

/** @type {readonly [RegExp, Status][]} */
const STATUS_BY_TEXT = [
  [/^Vetoed by President/i, 'vetoed'],
  [/^(Signed by President|Became (Public|Private) Law)/i, 'signed'],
  [/^Presented to President/i, 'to_president'],
  [/^Introduced in/i, 'introduced'],
  [/^(Placed on .*Calendar|Reported|Supplemental report)/i, 'reported'],
  [/\b(referred to|Hearings? held|Mark-?up)/i, 'in_committee'],
];

/** @type {readonly [RegExp, Status][]} */
const STATUS_BY_TYPE = [
  [/^(ResolvingDifferences|Conference)/i, 'resolving_differences'],
  [/^(Calendars|Discharge)/i, 'reported'],
  [/^(Committee|Bill Referrals|IntroReferral|Action Stage)/i, 'in_committee'],
  [
    /^(Floor|General Debate|Consideration|Considered|Motion|Cloture|Measure laid|Amendment)/i,
    'floor_debate',
  ],
];

/**
 * @param {Status | null} current
 * @param {import('./document.js').Action} action
 * @param {string} billType Such as `hr`; a simple resolution is done when its one chamber agrees.
 * @returns {Status | null}
 */
export function statusAfter(current, action, billType) {
  const named = statusNamedBy(action);
  if (named === null) return current;
  const isPassage = named === 'passed_house' || named === 'passed_senate';
  if (isPassage && (billType === 'hres' || billType === 'sres')) return 'agreed_to';
  if (isPassage && current !== null && current !== named && RANKS[current] === RANKS[named]) {
    return billType.endsWith('conres') ? 'agreed_to' : 'passed_both';
  }
  return current === null || RANKS[named] > RANKS[current] ? named : current;
}

/**
 * @param {import('./document.js').Action} action
 * @returns {Status | null}
 */
function statusNamedBy(action) {
  const byCode = Object.hasOwn(STATUS_BY_CODE, action.code)
    ? STATUS_BY_CODE[action.code]
    : undefined;
  if (byCode !== undefined) return byCode;
  for (const [pattern, status] of STATUS_BY_TEXT) if (pattern.test(action.text)) return status;
  for (const [pattern, status] of STATUS_BY_TYPE) if (pattern.test(action.type)) return status;
  return null;
}

/**
 * @param {import('./document.js').Action} action
 * @returns {'House' | 'Senate' | 'President' | ''} Where it took place; '' when the file does not say.
 */
export function chamberOf(action) {
  const { code, sourceSystem, text } = action;
  if (/^E\d/.test(code) || /^(28000|31000|36000)$/.test(code)) return 'President';
  if (/^House/.test(sourceSystem) || /^(H|Intro-H)/.test(code)) return 'House';
  if (sourceSystem === 'Senate') return 'Senate';
  if (/^\d+$/.test(code)) return chamberOfCode(Number(code));
  const inSenate = /\bSenate\b/.test(text);
  if (inSenate === /\bHouse\b/.test(text)) return '';
  return inSenate ? 'Senate' : 'House';
}

/**
 * @param {number} code Of the Library of Congress.
 * @returns {'House' | 'Senate' | ''}
 */
function chamberOfCode(code) {
  if (code < 10_000 || code === 19_500 || code === 21_000) return 'House';
  return code < 19_000 || code === 20_500 || code === 23_000 ? 'Senate' : '';
}
