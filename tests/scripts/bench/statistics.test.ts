import { expect, test } from 'vitest';

import { collectionMicroseconds } from '../../bench/browser/kinds/gc.js';
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

test('garbage collection: outermost phases of main threads and workers, of the process that collects longest', () => {
  const [page, spare] = [1, 2];
  const [main, worker, helper] = [10, 11, 12];
  const thread = (pid: number, tid: number, name: string) => ({
    name: 'thread_name',
    cat: '__metadata',
    ph: 'M',
    pid,
    tid,
    ts: 0,
    args: { name },
  });
  const event = (pid: number, tid: number, ts: number, dur: number, cat = 'v8.gc') => ({
    name: 'V8.GC_SCAVENGER',
    cat: `devtools.timeline,disabled-by-default-${cat}`,
    ph: 'X',
    pid,
    tid,
    ts,
    dur,
  });
  const events = [
    event(page, main, 110, 50),
    event(page, main, 100, 100),
    event(page, worker, 150, 30),
    event(page, helper, 150, 40),
    event(page, main, 250, 40, 'v8.compile'),
    event(page, main, 300, 5),
    event(spare, main, 100, 20),
    thread(page, main, 'CrRendererMain'),
    thread(page, worker, 'DedicatedWorker thread'),
    thread(page, helper, 'ThreadPoolForegroundWorker'),
    thread(spare, main, 'CrRendererMain'),
  ];
  expect(collectionMicroseconds(events)).toBe(135);
  expect(collectionMicroseconds([])).toBe(0);
});
