import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { repositoryRoot } from '../../scripts/paths.mjs';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /^exec node (scripts\/\S+\.mjs)$/.exec(String(command))?.[1];
  return file === undefined ? [] : [[name, file]];
});

test.each(commands)(
  'npm run %s answers --help with how it is called, and does nothing',
  async (name, file) => {
    const { stdout } = await promisify(execFile)('node', [file, '--help'], { cwd: repositoryRoot });
    expect(stdout).toContain(name === 'test' ? 'npm test' : `npm run ${name}`);
  },
);

test('the commands are those a newcomer finds in package.json', () => {
  expect(commands.map(([name]) => name)).toEqual(
    expect.arrayContaining(['test', 'demo', 'bench', 'simulate']),
  );
});
