import { expect, test } from 'vitest';

import { outermostMicroseconds } from '../../bench/browser/kinds/gc.js';
import { percentile, spreadOf } from '../../bench/browser/statistics.js';

test('a spread is the middle and both ends, whatever the order', () => {
  expect(spreadOf([10, 2, 9])).toMatchObject({ median: 9, lowest: 2, highest: 10 });
  expect(spreadOf([10, 2, 9, 4])).toMatchObject({ median: 6.5, lowest: 2, highest: 10 });
});

test('a percentile is one of the values, by nearest rank, sorted as numbers', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 50)).toBe(50);
  expect(percentile(values, 99)).toBe(99);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([10, 9], 50)).toBe(9);
});

test('phases within a garbage collection count once, threads each for themselves', () => {
  const event = (tid: number, ts: number, dur: number) => ({
    name: 'V8.GC',
    ph: 'X',
    pid: 1,
    tid,
    ts,
    dur,
  });
  const events = [event(1, 110, 50), event(1, 100, 100), event(2, 150, 30), event(1, 300, 5)];
  expect(outermostMicroseconds(events)).toBe(135);
});
