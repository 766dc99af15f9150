/**
 * Cranks the native engine through a recording: what happened, the state in the end, and where this
 * engine goes another way than the one that was recorded. docs/recording.md describes recordings.
 *
 *   npm run replay <file> -- [--until <input>] [--states] [--update <new file>]
 */
import { join } from 'node:path';
import { argv } from 'node:process';

import { attempt } from './command.mjs';
import { withLock } from './lock.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const PROGRAM = join(repositoryRoot, 'build/tools/tools/replay_recording');

/** @param {readonly string[]} args */
async function compile(...args) {
  const { code, stdout } = await attempt('cmake', args, { cwd: repositoryRoot, output: 'merge' });
  if (code !== 0) throw new Problem(`The replay could not be built:\n\n${stdout}`);
}

await runScript(async () => {
  await setUp(['engine', 'native']);
  await withLock(
    join(stampFolder, 'replay.lock'),
    { whileWaiting: 'Another process is building the replay; waiting for it …' },
    async () => {
      await compile('--preset', 'tools', '--log-level=WARNING');
      await compile('--build', '--preset', 'tools');
    },
  );
  const { code } = await attempt(PROGRAM, argv.slice(2));
  return code;
});
