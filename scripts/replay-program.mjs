/** The native program that `npm run replay` runs. */
import { join } from 'node:path';

import { attempt } from './command.mjs';
import { withLock } from './lock.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Problem } from './problem.mjs';
import { setUp } from './setup.mjs';

export const replayProgram = join(repositoryRoot, 'build/tools/tools/replay_recording');

/** Builds what of it changed. */
export async function buildReplay() {
  await setUp(['native']);
  await withLock(
    join(stampFolder, 'replay.lock'),
    { whileWaiting: 'Another process is building the replay; waiting for it …' },
    async () => {
      await compile('--preset', 'tools', '--log-level=WARNING');
      await compile('--build', '--preset', 'tools');
    },
  );
}

/** @param {readonly string[]} args */
async function compile(...args) {
  const { code, stdout } = await attempt('cmake', args, { cwd: repositoryRoot, output: 'merge' });
  if (code !== 0) throw new Problem(`The replay could not be built:\n\n${stdout}`);
}
