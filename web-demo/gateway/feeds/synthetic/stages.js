/**
 * The way of a simulated bill, in order. A step with `vote` first schedules a vote, then takes place.
 *
 * @typedef {object} Step
 * @property {string} status
 * @property {'first' | 'second' | 'president'} place The chamber of origin, the other one, or the end.
 * @property {string} text
 * @property {boolean} [vote]
 */

/** @type {readonly Step[]} */
export const STEPS = [
  { status: 'introduced', place: 'first', text: 'Introduced in the {chamber}.' },
  { status: 'in_committee', place: 'first', text: 'Referred to the Committee on {committee}.' },
  {
    status: 'reported',
    place: 'first',
    text: 'Reported by the Committee on {committee} with amendments.',
  },
  { status: 'floor_debate', place: 'first', text: 'Debate begins on the floor of the {chamber}.' },
  {
    status: 'passed_first',
    place: 'first',
    text: 'Passed the {chamber}, {yeas} to {nays}.',
    vote: true,
  },
  {
    status: 'in_committee',
    place: 'second',
    text: 'Received in the {chamber} and referred to committee.',
  },
  { status: 'reported', place: 'second', text: 'Reported in the {chamber} without amendment.' },
  { status: 'floor_debate', place: 'second', text: 'Debate begins on the floor of the {chamber}.' },
  {
    status: 'passed_both',
    place: 'second',
    text: 'Passed the {chamber}, {yeas} to {nays}.',
    vote: true,
  },
  { status: 'to_president', place: 'president', text: 'Presented to the President.' },
  { status: 'signed', place: 'president', text: 'Signed by the President.' },
];

/** How many members vote. */
export const SEATS = { House: 435, Senate: 100 };
