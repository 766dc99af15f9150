import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { attempt, run } from './command.mjs';
import { cppFiles, withIncludes } from './cpp-sources.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Stamp } from './stamp.mjs';

/**
 * Runs clang-tidy over the sources of the core that changed since it last found nothing in them,
 * themselves or through a header.
 *
 * @param {(line: string) => void} report
 * @returns {Promise<boolean>} whether there is nothing to complain about
 */
export async function tidyCore(report) {
  const tool = await toolVersion();
  const pending = cppFiles()
    .filter((file) => file.startsWith('core/') && file.endsWith('.cc'))
    .map((file) => ({ file, stamp: stampFor(file) }))
    .filter(({ stamp }) => !stamp.isFresh(tool));
  if (pending.length === 0) return true;

  // The compile commands of the development build say how each file is compiled.
  await run('cmake', ['--preset', 'dev'], {
    cwd: repositoryRoot,
    output: 'merge',
    purpose: 'Configuring the development build',
  });
  report(`clang-tidy looks at ${pending.length} changed files …`);
  let clean = true;
  const work = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const { code, stdout, stderr } = await attempt(
        'clang-tidy',
        ['--quiet', '-p', 'build/dev', next.file],
        { cwd: repositoryRoot, output: 'capture' },
      );
      if (code === 0) {
        next.stamp.write(tool);
      } else {
        clean = false;
        report(stdout.trim() || stderr.trim());
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return clean;
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
