import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { Stamp } from '../../scripts/stamp.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

function builtStep() {
  const root = temporaryFolder({
    'source/a.txt': 'one',
    'source/deep/b.txt': 'two',
    'source/node_modules/c.txt': 'ignored',
    'out/result': 'made',
  });
  const step = { name: 'step', inputs: ['source', 'absent'], outputs: ['out/result'] };
  const stamp = new Stamp(step, { root, folder: join(root, 'stamps') });
  stamp.write('compiler 1');
  return { root, stamp };
}

it('is fresh while inputs, outputs and tool stay', () => {
  const { stamp } = builtStep();
  expect(stamp.isFresh('compiler 1')).toBe(true);
});

it('is fresh when the tool is not at hand', () => {
  expect(builtStep().stamp.isFresh(null)).toBe(true);
});

it('is stale when an input changes, appears or goes', () => {
  const { root, stamp } = builtStep();
  writeFileSync(join(root, 'source/deep/b.txt'), 'three');
  expect(stamp.isFresh()).toBe(false);
  stamp.write();
  writeFileSync(join(root, 'absent'), '');
  expect(stamp.isFresh()).toBe(false);
  stamp.write();
  rmSync(join(root, 'source/a.txt'));
  expect(stamp.isFresh()).toBe(false);
});

it('does not look at what builds make', () => {
  const { root, stamp } = builtStep();
  writeFileSync(join(root, 'source/node_modules/c.txt'), 'other');
  expect(stamp.isFresh()).toBe(true);
});

it('is stale when an output is gone', () => {
  const { root, stamp } = builtStep();
  rmSync(join(root, 'out/result'));
  expect(stamp.isFresh()).toBe(false);
});

it('is stale when the tool changed', () => {
  expect(builtStep().stamp.isFresh('compiler 2')).toBe(false);
});

it('is stale after work began', () => {
  const { stamp } = builtStep();
  stamp.clear();
  expect(stamp.isFresh()).toBe(false);
});
