import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this clone. */
export const repositoryRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** What `build` remembers between runs: stamps, logs, the lock of this clone. */
export const stampFolder = join(repositoryRoot, 'build', '.stamps');

/** Programs of our npm packages. */
export const packageProgramFolder = join(repositoryRoot, 'node_modules', '.bin');

/**
 * The user's cache folder of this project, shared by all clones.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function userCacheFolder(environment = process.env) {
  const base = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache');
  return join(base, 'civic-realtime');
}

/** Programs that Emscripten looks for on the PATH. */
export const emscriptenProgramFolder = join(repositoryRoot, 'scripts', 'toolchain', 'bin');
