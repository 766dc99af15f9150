/**
 * Builds the virtual world and runs it: engines, a server and the networks between them, under faults.
 *
 *   npm run simulate -- --seeds 10000 [--from 1|new]   seeded schedules; `new` takes seeds nobody ran before
 *   npm run simulate -- --script <file> [--verbose]    one schedule, as a failure leaves it behind
 *   npm run simulate -- --herd                         ten thousand clients after an outage
 *   npm run simulate -- --mutations [<name> …]         breaks one rule of the engine at a time: each must be noticed
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { attempt, run } from './command.mjs';
import { runMutations } from './mutations.mjs';
import { repositoryRoot } from './paths.mjs';
import { runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const PRESET = 'simulation';

/** Seeds are chosen below this; a person can still read them aloud. */
const MOST_SEED = 1_000_000_000;

/**
 * Puts a seed nobody ran before in the place of `--from new`.
 *
 * @param {readonly string[]} args
 * @param {() => number} [choose]
 */
export function chooseSeeds(args, choose = () => randomInt(MOST_SEED)) {
  return args.map((arg, index) =>
    arg === 'new' && args[index - 1] === '--from' ? String(choose()) : arg,
  );
}

/** Brings the program up to date. */
async function build() {
  const options = /** @type {const} */ ({ cwd: repositoryRoot, output: 'merge' });
  const purpose = 'Building the virtual world';
  await run('cmake', ['--preset', PRESET, '--log-level=WARNING'], { ...options, purpose });
  await run('cmake', ['--build', '--preset', PRESET, '--target', 'simulate'], {
    ...options,
    purpose,
  });
}

/** @param {readonly string[]} args */
async function simulate(args) {
  await setUp(['native']);
  process.stderr.write('Building the virtual world …\n');
  await build();
  const buildFolder = join(repositoryRoot, 'build', PRESET);
  if (args[0] === '--mutations') return runMutations(args.slice(1), buildFolder);
  const program = join(buildFolder, 'tests', 'simulation', 'simulate');
  const { code } = await attempt(program, chooseSeeds(args), { cwd: repositoryRoot });
  return code;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => simulate(argv.slice(2)));
}
