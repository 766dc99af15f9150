/** The judge of the delivery tests: it must see whatever could go wrong. */

import { expect, test } from 'vitest';

import type { LoggedEvent } from '../../web-demo/gateway/logging/event-log.js';
import type { Told } from './pages/delivery/main.js';
import { checkDelivery } from './support/delivery-check.js';

const topic = 'bill:1';

function published(epoch: string, ...numbers: number[]): LoggedEvent[] {
  return numbers.map((seq) => ({ topic, epoch, seq, message: { type: 'bill_update', n: seq } }));
}

function told(epoch: string, ...numbers: number[]): Told[] {
  return numbers.map((seq) => ({
    ...{ topic, epoch, seq },
    text: JSON.stringify({ topic, epoch, seq, n: seq, type: 'bill_update' }),
  }));
}

function gap(epoch: string, from: number, to: number | null, recovered = false): Told {
  return { topic, gap: { epoch, from, to, recovered } };
}

const oneLife = published('a', 1, 2, 3, 4, 5);
const twoLives = [...published('a', 1, 2, 3), ...published('b', 1, 2)];
const threeLives = [...twoLives, ...published('c', 1, 2)];

test.each<[string, LoggedEvent[], Told[], object]>([
  ['everything', oneLife, told('a', 1, 2, 3, 4, 5), { told: 5, lost: 0, lossyGaps: 0 }],
  [
    'a recovered hole',
    oneLife,
    [...told('a', 1), gap('a', 2, 3, true), ...told('a', 2, 3, 4, 5)],
    { told: 5, recoveredGaps: 1, lost: 0 },
  ],
  [
    'history that ended',
    oneLife,
    [...told('a', 1), gap('a', 2, 3), ...told('a', 4, 5)],
    { told: 3, lost: 2, lossyGaps: 1, lostOfNewEpoch: 0 },
  ],
  [
    'a new epoch',
    twoLives,
    [...told('a', 1, 2), gap('b', 3, null), ...told('b', 1, 2)],
    { told: 4, lost: 1, lossyGaps: 1, lostOfNewEpoch: 0 },
  ],
  [
    'a new epoch that is not told whole',
    twoLives,
    [...told('a', 1, 2, 3), gap('b', 4, null), ...told('b', 2)],
    { told: 4, lost: 1, lossyGaps: 1, lostOfNewEpoch: 1 },
  ],
  [
    'an epoch nobody saw',
    threeLives,
    [...told('a', 1, 2), gap('b', 3, null), gap('c', 1, null), ...told('c', 1, 2)],
    { told: 4, lost: 3, lossyGaps: 2, lostOfNewEpoch: 0 },
  ],
  [
    'what has no number',
    [...oneLife, { topic, epoch: null, seq: null, message: { type: 'presence_update' } }],
    told('a', 1, 2, 3, 4, 5),
    { told: 5 },
  ],
])('accepts %s', (_name, log, account, expected) => {
  expect(checkDelivery(log, account)).toMatchObject(expected);
});

test.each<[string, LoggedEvent[], Told[], string]>([
  ['a lost event', oneLife, told('a', 1, 2, 4, 5), 'lost a 3 to a 3 without a gap'],
  ['a lost beginning', oneLife, told('a', 2, 3, 4, 5), 'lost a 1 to a 1 without a gap'],
  ['a lost end', oneLife, told('a', 1, 2, 3), 'never told from a 4 to a 5'],
  ['an event told twice', oneLife, told('a', 1, 2, 2, 3, 4, 5), 'told a 2 again'],
  ['another order', oneLife, told('a', 1, 2, 3, 5, 4), 'lost a 4 to a 4'],
  ['an event nobody published', oneLife, told('a', 1, 2, 3, 4, 5, 6), 'was not published'],
  [
    'a gap for what was lost elsewhere',
    oneLife,
    [...told('a', 1), gap('a', 2, 2), ...told('a', 4, 5)],
    'not what is missing',
  ],
  [
    'a gap that says too much',
    oneLife,
    [...told('a', 1), gap('a', 2, 4), ...told('a', 4, 5)],
    'not what is missing',
  ],
  [
    'a gap that begins too early',
    oneLife,
    [...told('a', 1, 2), gap('a', 2, 3), ...told('a', 4, 5)],
    'went on after a 2',
  ],
  [
    'two gaps for one hole',
    oneLife,
    [...told('a', 1), gap('a', 2, 3), gap('a', 2, 3), ...told('a', 4, 5)],
    'two gaps',
  ],
  [
    'a hole that is said to be recovered',
    oneLife,
    [...told('a', 1), gap('a', 2, 3, true), ...told('a', 4, 5)],
    'without a gap',
  ],
  [
    'a recovered hole that is not yet full',
    oneLife,
    [...told('a', 1), gap('a', 2, 3), gap('a', 2, 3, true), ...told('a', 4, 5)],
    'was to have recovered a 2',
  ],
  ['a new epoch without a gap', twoLives, [...told('a', 1, 2, 3), ...told('b', 2)], 'lost b 1'],
  [
    'an endless gap within an epoch',
    oneLife,
    [...told('a', 1), gap('a', 2, null), ...told('a', 4, 5)],
    'has no end',
  ],
  ['a gap at the end', oneLife, [...told('a', 1, 2, 3, 4, 5), gap('b', 6, null)], 'ends with'],
  [
    'other contents',
    published('a', 1),
    [{ topic, epoch: 'a', seq: 1, text: '{"type":"bill_update","n":2}' }],
    'published as',
  ],
])('refuses %s', (_name, log, account, complaint) => {
  expect(() => checkDelivery(log, account)).toThrow(complaint);
});
