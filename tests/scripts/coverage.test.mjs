import { expect, it } from 'vitest';

import { summarizeCoverage } from '../../scripts/coverage.mjs';

/**
 * @param {string} file
 * @param {readonly number[]} counts of lines 1, 2, 3 …; -1 is no code
 */
const counted = (file, counts) => ({
  file,
  lines: counts.map((count, index) => ({
    line_number: index + 1,
    count: Math.max(count, 0),
    'gcovr/noncode': count < 0,
  })),
});

it('shows each room, of sources and headers together, and the total', () => {
  const { lines, passed } = summarizeCoverage([
    counted('core/src/wire/id.cc', [1, 1, -1, 5]),
    counted('core/include/civic/wire/id.h', [2]),
    counted('core/src/engine/engine.cc', [1, 1, 1, 1, 1, 1]),
    counted('tests/core/wire/id_test.cc', [0, 0]),
  ]);
  expect(lines).toEqual([
    'Lines of core/ that the tests ran:',
    '  engine  100.0 %  6 of 6 lines',
    '  wire    100.0 %  4 of 4 lines',
    '  total   100.0 %  10 of 10 lines',
  ]);
  expect(passed).toBe(true);
});

it('names the lines that did not run in the files below the threshold', () => {
  const { lines, passed } = summarizeCoverage(
    [
      counted('core/src/wire/id.cc', [1, 0, 0, 0, -1, 1, 0, 1, 1, 1, 1]),
      counted('core/src/wire/json.cc', new Array(90).fill(1)),
    ],
    95,
  );
  expect(lines.slice(1)).toEqual([
    '  wire    96.0 %  96 of 100 lines',
    '  total   96.0 %  96 of 100 lines',
    'Files below 95 %:',
    '  core/src/wire/id.cc   60.0 %  not run: 2-4, 7',
  ]);
  expect(passed).toBe(true);
});

it('fails below the threshold, and shows no more than there is', () => {
  const { lines, passed } = summarizeCoverage(
    [counted('core/src/store/log.cc', [...new Array(9499).fill(1), ...new Array(501).fill(0)])],
    95,
  );
  expect(lines).toContain('  total   94.9 %  9499 of 10000 lines');
  expect(lines.at(-1)).toBe('At least 95 % of the lines of core/ must run.');
  expect(passed).toBe(false);
});

it('fails when nothing was counted', () => {
  expect(summarizeCoverage([]).passed).toBe(false);
});
