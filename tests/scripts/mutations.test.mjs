import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { mutate, noticed, readMutations } from '../../scripts/mutations.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { chooseSeeds } from '../../scripts/simulate.mjs';

const mutation = { name: 'm', rule: 'One.', file: 'core/a.cc', find: 'a < b', replace: 'a <= b' };

describe('the mutations of the engine', () => {
  it.each(readMutations().map((one) => /** @type {const} */ ([one.name, one])))(
    '%s still has its place in the engine, and breaks it',
    (_name, one) => {
      const source = readFileSync(join(repositoryRoot, one.file), 'utf8');
      expect(mutate(source, one)).not.toBe(source);
      expect(one.rule).toMatch(/^[`A-Za-z].*\.$/);
    },
  );

  it('are at least a dozen', () => {
    expect(readMutations().length).toBeGreaterThanOrEqual(12);
  });
});

describe('a mutation', () => {
  it('replaces its text, taken literally', () => {
    expect(mutate('if (a < b)', { ...mutation, replace: '$&' })).toBe('if ($&)');
  });

  it.each([
    ['c > d', 'not'],
    ['a < b; a < b', '2 times'],
  ])('that has no single place in %s says what to do', (source, count) => {
    expect(() => mutate(source, mutation)).toThrow(
      `Mutation m: its text is ${count} in core/a.cc; it must be there once.`,
    );
  });

  it('is noticed by the figures that are not 0', () => {
    expect(noticed('12 schedules\nlost: 3\nduplicated: 0\nunsignalled gaps: 1\n')).toBe(
      'lost 3, unsignalled gaps 1',
    );
  });
});

describe('the seeds of a simulation', () => {
  it('are chosen only where new ones are asked for', () => {
    const seven = () => 7;
    expect(chooseSeeds(['--seeds', '500', '--from', 'new'], seven)).toEqual([
      '--seeds',
      '500',
      '--from',
      '7',
    ]);
    expect(chooseSeeds(['--script', 'new'], seven)).toEqual(['--script', 'new']);
  });
});
