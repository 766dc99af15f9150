/** What simulated people say about a bill, and to each other. */

/** @typedef {import('../random.js').Random} Random */
/** @typedef {import('../../../bills.js').BillDescription} BillDescription */

const REMARKS = [
  'I read the {title} twice, and section {section} still leaves open who pays after the third year.',
  'Our town has waited for something like the {title} for a decade. Please let it pass.',
  'Has anybody compared {number} with what our state already does?',
  'Section {section} of {number} is the part that worries me: the reporting duty falls on the smallest offices.',
  '{sponsor} promised a public hearing on this. When will it be?',
  'I can support the {title} if the deadline in section {section} moves by a year.',
  'Why does the Committee on {committee} deal with this, of all committees?',
  'The draft of the Committee on {committee} was better than what we have now.',
  'As somebody who works with this every day: {number} gets the definitions right.',
  'Who checks that the money in section {section} arrives where it is meant to?',
  'I was against {number} until I saw the evaluation in section {section}.',
  'Fine idea, poor wording. Section {section} will end in court.',
];

const REPLIES = [
  '{name}, that is a good point about section {section}.',
  'I see it differently, {name}: the committee answered that in its report.',
  'Thank you, {name}. Do you have a source for that?',
  '{name}, would you still say so if the deadline moved by a year?',
  'Exactly, {name}. That is why I wrote to {sponsor} last week.',
  'With respect, {name}, section {section} says the opposite.',
  '{name}, how would you pay for it?',
  'I had not thought of that, {name}. It changes how I look at {number}.',
];

/**
 * @param {Random} random
 * @param {BillDescription | undefined} bill
 * @returns {string}
 */
export function remarkOn(random, bill) {
  return fill(random, random.pick(REMARKS), bill, '');
}

/**
 * @param {Random} random
 * @param {BillDescription | undefined} bill
 * @param {string} name Whom it answers.
 * @returns {string}
 */
export function replyTo(random, bill, name) {
  return fill(random, random.pick(REPLIES), bill, name);
}

/**
 * @param {Random} random
 * @param {string} template
 * @param {BillDescription | undefined} bill
 * @param {string} name
 */
function fill(random, template, bill, name) {
  /** @type {Record<string, string>} */
  const words = {
    title: bill?.title ?? 'bill',
    number: bill?.number ?? 'this bill',
    sponsor: bill?.sponsor ?? 'the sponsor',
    committee: bill?.committee ?? 'Rules',
    section: String(random.whole(2, 9)),
    name,
  };
  return template.replace(/\{(\w+)\}/g, (_match, word) => words[word] ?? '');
}
