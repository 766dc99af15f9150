import { expect, test } from 'vitest';

import type { FigureName } from '../../bench/browser/figures.js';
import { goalsOf } from '../../bench/browser/goals.js';
import type { MeasurementResult } from '../../bench/browser/report.js';
import { spreadOf } from '../../bench/browser/statistics.js';

type Medians = Record<string, Partial<Record<FigureName, number>>>;

function measured(name: string, subjects: Medians): MeasurementResult {
  return {
    name,
    title: name,
    messages: 1,
    subjects: Object.entries(subjects).map(([subject, figures]) => ({
      name: subject,
      title: subject,
      figures: Object.fromEntries(
        Object.entries(figures).map(([figure, value]) => [figure, spreadOf([value])]),
      ),
    })),
  };
}

function outcomes(...measurements: MeasurementResult[]) {
  return goalsOf(measurements).map(({ against, measured: ratio, outcome }) => [
    against,
    ratio,
    outcome,
  ]);
}

test('a ratio is reached at its limit and missed above it', () => {
  const at = (own: number) =>
    measured('react', { 'json-map': { task: 50 }, 'worker-host': { task: own } });
  expect(outcomes(at(10))).toEqual([['json-map', '1/5.0', 'reached']]);
  expect(outcomes(at(10.1))).toEqual([['json-map', '1/5.0', 'missed']]);
});

test('what every page pays is taken away from both sides first', () => {
  const measurement = measured('plain', {
    floor: { totalCpu: 20 },
    'json-map': { totalCpu: 26 },
    'worker-host': { totalCpu: 22 },
  });
  expect(outcomes(measurement)).toEqual([['json-map', '1/3.0', 'reached']]);
});

test('less than the floor is nothing, and a rival without a cost of its own cannot be beaten', () => {
  const floor = { floor: { totalCpu: 20 } };
  const below = { 'json-map': { totalCpu: 26 }, 'worker-host': { totalCpu: 19 } };
  const level = { 'json-map': { totalCpu: 20 }, 'worker-host': { totalCpu: 21 } };
  expect(outcomes(measured('plain', { ...floor, ...below }))).toEqual([
    ['json-map', 'nothing', 'reached'],
  ]);
  expect(outcomes(measured('plain', { ...floor, ...level }))).toEqual([
    ['json-map', 'Infinityx', 'missed'],
  ]);
});

test('the cost is flat when the dearest number of topics is at most 1.25 times the cheapest', () => {
  const four = (last: number) =>
    ['topics-1', 'topics-10', 'plain', 'topics-2000'].map((name, index) =>
      measured(name, { 'worker-host': { task: index === 3 ? last : 4 } }),
    );
  expect(outcomes(...four(5))).toEqual([['itself', '1.25x', 'reached']]);
  expect(outcomes(...four(5.1))).toEqual([['itself', '1.27x', 'missed']]);
  expect(outcomes(...four(5).slice(1))).toEqual([]);
});

test('frames are compared with the idle page, latencies with the rival', () => {
  const frames = measured('frames', {
    idle: { droppedFrames: 3, longTasks: 1 },
    'worker-host': { droppedFrames: 4, longTasks: 1 },
  });
  const latency = measured('latency-10', {
    'json-map': { p50: 9 },
    'worker-host': { p50: 11.5 },
  });
  expect(outcomes(frames, latency)).toEqual([
    ['the idle page', '0', 'reached'],
    ['the idle page', '1', 'missed'],
    ['json-map', '2.5 ms', 'missed'],
  ]);
});

test('what was not measured is no goal', () => {
  expect(goalsOf([])).toEqual([]);
});
