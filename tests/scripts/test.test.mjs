import { expect, it } from 'vitest';

import { targets } from '../../scripts/build.mjs';
import { purposes } from '../../scripts/requirements.mjs';
import { summarize } from '../../scripts/test.mjs';
import { parts, selectParts } from '../../scripts/test-parts.mjs';

it('runs every part, in order, unless some are named', () => {
  expect(selectParts([])).toEqual(parts);
  expect(selectParts(['js', 'lint']).map(({ name }) => name)).toEqual(['lint', 'js']);
});

it('says which parts there are', () => {
  expect(() => selectParts(['unit'])).toThrow(
    /^There is no part unit\. The parts are fuzz-smoke, native, /,
  );
});

it.each(parts)('knows what $name needs and builds', ({ needs, builds }) => {
  expect(Object.keys(purposes)).toEqual(expect.arrayContaining([...needs]));
  expect(Object.keys(targets)).toEqual(expect.arrayContaining([...builds]));
});

it('ends with a table, how to repeat what failed, and the count', () => {
  const summary = summarize(
    [
      { name: 'lint', passed: true, seconds: 3.21 },
      { name: 'native', passed: false, seconds: 75.4 },
    ],
    76,
  );
  expect(summary.split('\n')).toEqual([
    '',
    '  passed  lint       3.2 s',
    '  FAILED  native  1 min 15 s',
    '                  1 min 16 s',
    'To run native alone: npm test -- native',
    '1 passed, 1 failed',
  ]);
});
