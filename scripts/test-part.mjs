/**
 * Runs one part of the tests on a machine that has what the part needs; `npm test` sees to that.
 *
 *   node scripts/test-part.mjs <part>
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';

import { build } from './build.mjs';
import { attempt } from './command.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { selectParts } from './test-parts.mjs';

/** @param {import('./test-parts.mjs').Part} part */
async function runPart({ builds, commands }) {
  if (builds.length > 0) await build(builds);
  for (const { program, args } of commands) {
    const own = join(packageProgramFolder, program);
    const { code } = await attempt(existsSync(own) ? own : program, args, { cwd: repositoryRoot });
    if (code === 127) throw new Problem(`${program} was not found.`);
    if (code !== 0) throw new Problem(`${program} ${args.join(' ')} ended with exit code ${code}.`);
  }
}

await runScript(async () => {
  const [part, ...others] = selectParts(argv.slice(2));
  if (part === undefined || others.length > 0) throw new Problem('Name one part.');
  await runPart(part);
});
