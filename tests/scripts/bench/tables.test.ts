import { expect, test } from 'vitest';

import { chartOf } from '../../bench/browser/chart.js';
import type { Report } from '../../bench/browser/report.js';
import { spreadOf } from '../../bench/browser/statistics.js';
import { markdownOf, screenOf } from '../../bench/browser/tables.js';

const report: Report = {
  startedAt: '2026-01-02T03:04:05.000Z',
  suite: 'quick',
  rounds: 3,
  machine: {
    processor: 'Processor <1>',
    cores: 2,
    memoryGiB: 4,
    kernel: '6.1',
    node: '20.0.0',
    chromium: 'Chrome/1',
  },
  load: [0.5, 1],
  measurements: [
    {
      name: 'plain',
      title: 'Messages',
      messages: 10,
      subjects: [
        { name: 'idle', title: 'nothing', figures: { task: spreadOf([0.5, 1.25, 9.75]) } },
        {
          name: 'worker-host',
          title: 'ours',
          figures: { task: spreadOf([2]), renders: spreadOf([1200]) },
        },
      ],
    },
  ],
  goals: [
    { title: 'Main', against: 'a', measured: '1/4', wanted: 'at most 1/2', outcome: 'reached' },
  ],
};

test('the screen shows medians with their range, and leaves out what was not measured', () => {
  const text = screenOf(report);
  expect(text).toMatch(/nothing\s+1\.25 \(0\.50–9\.75\)$/m);
  expect(text).toMatch(/ours\s+2\s+1,200$/m);
  expect(text).not.toContain('heap');
});

test('the document gets tables of Markdown', () => {
  const text = markdownOf(report);
  expect(text).toContain(
    '|  | main thread µs/msg | renders |\n|---|---|---|\n| nothing | 1.25 |  |',
  );
  expect(text).toContain('| Main | a | at most 1/2 | 1/4 | reached |');
});

test('the chart is SVG whose bars are as long as their figures', () => {
  const svg = chartOf(report);
  const bars = [...svg.matchAll(/class="(bar|own)".*?width="([\d.]+)"/g)];
  expect(bars.map(([, look]) => look)).toEqual(['bar', 'own']);
  const [first, second] = bars.map(([, , width]) => Number(width));
  expect((second ?? 0) / (first ?? 1)).toBeCloseTo(2 / 1.25, 2);
  expect(svg).toContain('Processor &#60;1&#62;');
});
