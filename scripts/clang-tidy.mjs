import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { attempt, run } from './command.mjs';
import { cppFiles, withIncludes } from './cpp-sources.mjs';
import { inLanes } from './lanes.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Stamp } from './stamp.mjs';

/**
 * Runs clang-tidy over the sources of the core that changed since it last found nothing in them,
 * themselves or through a header.
 *
 * @returns {Promise<{ clean: boolean, output: string }>} what it complains about
 */
export async function tidyCore() {
  const tool = await toolVersion();
  const pending = cppFiles()
    .filter((file) => file.startsWith('core/') && file.endsWith('.cc'))
    .map((name) => ({ name, stamp: stampFor(name) }))
    .filter(({ stamp }) => !stamp.isFresh(tool));
  if (pending.length === 0) return { clean: true, output: '' };

  // A build folder of its own, because the tests may be built at the same time.
  await run('cmake', ['--preset', 'lint'], {
    cwd: repositoryRoot,
    output: 'merge',
    purpose: 'Configuring for clang-tidy',
  });
  console.log(`clang-tidy looks at ${pending.length} changed files …`);
  /** @type {string[]} */
  const complaints = [];
  await inLanes(pending, availableParallelism(), async ({ name, stamp }) => {
    const { code, stdout, stderr } = await attempt(
      'clang-tidy',
      ['--quiet', '-p', 'build/lint', name],
      { cwd: repositoryRoot, output: 'capture' },
    );
    if (code === 0) {
      stamp.write(tool);
    } else {
      complaints.push(stdout.trim() || stderr.trim());
    }
  });
  return { clean: complaints.length === 0, output: complaints.join('\n') };
}

async function toolVersion() {
  const { stdout } = await attempt('clang-tidy', ['--version'], { output: 'capture' });
  return stdout.match(/version \S+/)?.[0] ?? 'unknown';
}

/** @param {string} file */
function stampFor(file) {
  return new Stamp(
    {
      name: file.replaceAll('/', '-'),
      inputs: ['.clang-tidy', ...withIncludes(file)],
      outputs: [],
    },
    { folder: join(stampFolder, 'clang-tidy') },
  );
}
