/**
 * Finds Emscripten, or provides one without touching the system.
 *
 *   node scripts/emscripten.mjs               set up if needed, and say which one is used
 *   node scripts/emscripten.mjs --print-env   the same, as shell code: eval "$(… --print-env)"
 *
 * `CIVIC_REALTIME_EMSCRIPTEN_SUITE=trixie` restricts the setup to one Debian suite, and
 * `CIVIC_REALTIME_DEBIAN_MIRROR` names another mirror of Debian.
 */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { attempt, findProgram } from './command.mjs';
import { emscriptenProgramFolder, userCacheFolder } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { DEFAULT_MIRROR, requireDebianPrograms } from './toolchain/debian-suite.mjs';
import {
  SUITES,
  findInstallation,
  install,
  installationEnvironment,
} from './toolchain/emscripten-package.mjs';
import { isAtLeast } from './version.mjs';

export const MINIMUM_VERSION = '3.1.69';

/**
 * @typedef {object} Emscripten
 * @property {string} version
 * @property {string} origin where it came from, for people
 * @property {string} emcc
 * @property {string} empp the C++ compiler, `em++`
 * @property {string} emcmake
 * @property {string} toolchainFile for CMake
 * @property {Record<string, string>} variables what the environment needs besides the PATH
 * @property {string[]} path folders to put in front of the PATH
 * @property {NodeJS.ProcessEnv} environment the whole environment to run it in
 */

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {(line: string) => void} [report]
 */

/**
 * The Emscripten of this machine, set up if there is none.
 *
 * @param {Options} [options]
 * @returns {Promise<Emscripten>}
 * @throws {Problem} when there is none and none can be provided
 */
export async function provideEmscripten({
  environment = process.env,
  report = (line) => process.stderr.write(`${line}\n`),
} = {}) {
  const present = await findEmscripten({ environment, report });
  if (present) return present;
  return describeInstallation(await installFirst(environment, report), environment);
}

/**
 * The Emscripten of this machine, or null. Installs nothing.
 *
 * @param {Options} [options]
 * @returns {Promise<Emscripten | null>}
 */
export async function findEmscripten({ environment = process.env, report = () => {} } = {}) {
  const own = await findOwn(environment, report);
  if (own) return own;
  const cacheFolder = userCacheFolder(environment);
  const installation = await findInstallation(cacheFolder, allowedSuites(environment));
  return installation && describeInstallation(installation, environment);
}

/** @param {NodeJS.ProcessEnv} environment */
function allowedSuites(environment) {
  return environment.CIVIC_REALTIME_EMSCRIPTEN_SUITE?.split(',') ?? SUITES;
}

/**
 * @param {import('./toolchain/emscripten-package.mjs').Installation} installation
 * @param {NodeJS.ProcessEnv} environment
 */
function describeInstallation(installation, environment) {
  const { path, variables } = installationEnvironment(installation);
  return describe({
    version: installation.version,
    origin: `Debian ${installation.suite}, in ${installation.folder}`,
    compilerFolder: /** @type {string} */ (path[0]),
    path,
    variables,
    environment,
  });
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {(line: string) => void} report
 */
async function installFirst(environment, report) {
  const cacheFolder = userCacheFolder(environment);
  const mirror = environment.CIVIC_REALTIME_DEBIAN_MIRROR || DEFAULT_MIRROR;
  const failures = [];
  try {
    requireDebianPrograms();
    report(
      `Emscripten ${MINIMUM_VERSION} or newer was not found. Getting one from Debian, into ` +
        `${cacheFolder}; the system stays as it is (about a minute) …`,
    );
    for (const suite of allowedSuites(environment)) {
      try {
        return await install({ cacheFolder, suite, mirror }, report);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        failures.push(error.message);
        report(`Emscripten of Debian ${suite} is not available.`);
      }
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    failures.push(error.message);
  }
  throw new Problem(`Emscripten ${MINIMUM_VERSION} or newer is needed to build the engine, and none could be set up.
${failures.join('\n')}
Check the internet connection and start again, or install Emscripten yourself
(https://emscripten.org/docs/getting_started/downloads.html) and set EMSDK to its folder.`);
}

/**
 * An Emscripten that the user has installed: `EMSDK` first, then the PATH.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {(line: string) => void} report
 */
async function findOwn(environment, report) {
  const candidates = [];
  const sdk = environment.EMSDK;
  if (sdk) {
    const folder = join(sdk, 'upstream/emscripten');
    const config = join(sdk, '.emscripten');
    candidates.push({
      origin: `EMSDK=${sdk}`,
      compilerFolder: folder,
      path: [folder, emscriptenProgramFolder],
      variables: existsSync(config) ? { EM_CONFIG: config } : {},
    });
  }
  const onPath = findProgram('emcc', environment);
  if (onPath) {
    const folder = dirname(onPath);
    candidates.push({
      origin: `the PATH, ${onPath}`,
      compilerFolder: folder,
      path: [folder, emscriptenProgramFolder],
      variables: {},
    });
  }
  for (const candidate of candidates) {
    const emcc = join(candidate.compilerFolder, 'emcc');
    const { code, stdout } = await attempt(emcc, ['--version'], {
      environment: { ...environment, ...candidate.variables },
      output: 'capture',
    });
    const version = stdout.match(/\b(\d+\.\d+\.\d+)(?:-git)?\b/)?.[1];
    if (code !== 0 || !version) {
      report(`The Emscripten of ${candidate.origin} does not run; another one is used.`);
    } else if (!isAtLeast(version, MINIMUM_VERSION)) {
      report(
        `The Emscripten of ${candidate.origin} is ${version}, older than ${MINIMUM_VERSION}; ` +
          'another one is used.',
      );
    } else {
      return describe({ ...candidate, version, environment });
    }
  }
  return null;
}

/**
 * @param {Pick<Emscripten, 'version' | 'origin' | 'path' | 'variables' | 'environment'> &
 *   { compilerFolder: string }} found
 * @returns {Emscripten}
 */
function describe({ version, origin, compilerFolder, path, variables, environment }) {
  return {
    version,
    origin,
    emcc: join(compilerFolder, 'emcc'),
    empp: join(compilerFolder, 'em++'),
    emcmake: join(compilerFolder, 'emcmake'),
    toolchainFile: join(compilerFolder, 'cmake/Modules/Platform/Emscripten.cmake'),
    path,
    variables,
    environment: {
      ...environment,
      ...variables,
      PATH: [...path, environment.PATH ?? ''].join(delimiter),
    },
  };
}

/** @param {string} text */
function shellQuote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const { version, origin, path, variables } = await provideEmscripten();
    if (argv.includes('--print-env')) {
      const lines = Object.entries(variables).map(
        ([name, value]) => `export ${name}=${shellQuote(value)}`,
      );
      console.log(`export PATH=${shellQuote(path.join(delimiter))}:"$PATH"\n${lines.join('\n')}`);
    } else {
      console.log(`Emscripten ${version} (${origin})`);
    }
  });
}
