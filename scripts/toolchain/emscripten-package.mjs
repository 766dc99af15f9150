/**
 * Emscripten of a newer Debian suite, unpacked into the user's cache folder.
 *
 *   <user cache>/emscripten-<suite>-<version>/
 *     root/        the unpacked packages, adapted to run here
 *     cache/       Emscripten's own cache: system libraries, compiled once
 *     config.py    where Emscripten finds its programs
 *     unpacked.json, ready.json   how far the setup came; the second is written after the check
 *   <user cache>/downloads-<suite>/   package lists and archives, until the installation is ready
 *
 * An interrupted installation goes on where it was: with the downloads, or with the check of what
 * is unpacked. Temporary folders are removed by the next one.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { withLock } from '../lock.mjs';
import { emscriptenProgramFolder } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { DebianSuite } from './debian-suite.mjs';
import { tryOut } from './emscripten-trial.mjs';
import { adaptPrograms, findLlvm, unpackArchives } from './foreign-programs.mjs';

/** Raise this when the steps below change, so that older installations are replaced. */
const RECIPE = 1;

const UNPACKED = 'unpacked.json';
const READY = 'ready.json';

/** Newest first; a suite that does not work out is passed over. */
export const SUITES = ['forky', 'trixie'];

/** The system's Python and Node run Emscripten's scripts; headers and linkers for the host are of no use. */
const UNNEEDED = /^(lib)?(python|node)|^(gcc|g\+\+|cpp|ccache|binutils|linux-libc)\b|-dev(-bin)?$/;
/** The compiler's own headers come in a package with a -dev name. */
const COMPILER_HEADERS = /^libclang-common-\d+-dev$/;

/** JavaScript packages that Emscripten imports; Debian would bring a Node with them. */
const SCRIPT_PACKAGES = ['acorn', 'acorn-import-phases'];

/**
 * @typedef {object} Installation
 * @property {string} folder
 * @property {string} suite
 * @property {string} version of Emscripten
 * @property {number} recipe
 */

/**
 * @typedef {object} Source
 * @property {string} cacheFolder where it is installed
 * @property {string} suite of Debian
 * @property {string} mirror of Debian
 */

/**
 * The ready installation in a cache folder, of the best suite.
 *
 * @param {string} cacheFolder
 * @param {readonly string[]} suites
 * @returns {Promise<Installation | null>}
 */
export function findInstallation(cacheFolder, suites) {
  return findRecord(cacheFolder, suites, READY);
}

/**
 * What a process needs in its environment to use an installation.
 *
 * @param {Installation} installation
 * @returns {{ path: string[], variables: Record<string, string> }}
 */
export function installationEnvironment({ folder }) {
  return {
    path: [join(folder, 'root/usr/share/emscripten'), emscriptenProgramFolder],
    variables: {
      EM_CONFIG: join(folder, 'config.py'),
      EM_CACHE: join(folder, 'cache'),
      EM_NODE_JS: process.execPath,
    },
  };
}

/**
 * @param {Source} source
 * @param {(line: string) => void} report
 * @returns {Promise<Installation>}
 * @throws {Problem} when the suite cannot be read or its Emscripten does not work here
 */
export async function install(source, report) {
  const { cacheFolder, suite } = source;
  mkdirSync(cacheFolder, { recursive: true });
  return withLock(
    join(cacheFolder, `emscripten-${suite}.lock`),
    { whileWaiting: 'Another process is setting up Emscripten; waiting for it …' },
    async () => {
      const finished = await findInstallation(cacheFolder, [suite]);
      if (finished) return finished;
      const installation =
        (await findUnpacked(cacheFolder, suite)) ?? (await unpack(source, report));
      report('Checking that it works, and compiling its system libraries (about 90 s) …');
      try {
        await tryOut(
          installation.version,
          installationEnvironment(installation),
          installation.folder,
        );
      } catch (error) {
        await rm(installation.folder, { recursive: true, force: true });
        throw error;
      }
      writeRecord(join(installation.folder, READY), installation);
      await rm(downloadFolder(cacheFolder, suite), { recursive: true, force: true });
      return installation;
    },
  );
}

/**
 * Downloads the packages and unpacks them to their final place.
 *
 * @param {Source} source
 * @param {(line: string) => void} report
 * @returns {Promise<Installation>}
 */
async function unpack({ cacheFolder, suite, mirror }, report) {
  await removeAbandoned(cacheFolder, suite);
  const downloads = downloadFolder(cacheFolder, suite);
  report(`Reading the package list of Debian ${suite} …`);
  const archive = new DebianSuite(suite, join(downloads, 'apt'), mirror);
  await archive.update();
  const packages = (await archive.resolve(['emscripten', 'patchelf'])).filter(
    ({ name }) => COMPILER_HEADERS.test(name) || !UNNEEDED.test(name),
  );
  const version = upstreamVersion(packages);
  const folder = join(cacheFolder, `emscripten-${suite}-${version}`);
  const installation = { folder, suite, version, recipe: RECIPE };

  report(`Downloading Emscripten ${version} with its compiler (about 120 MB) …`);
  const files = await archive.download(packages, join(downloads, 'archives'));

  report(`Unpacking it into ${folder} (about 550 MB) …`);
  const temporary = await mkdtemp(join(cacheFolder, temporaryPrefix(suite)));
  await unpackArchives(files, join(temporary, 'root'));
  await adaptPrograms(join(temporary, 'root'), join(folder, 'root'));
  copyScriptPackages(join(temporary, 'root/usr/share/emscripten/node_modules'));
  await writeConfiguration(temporary, folder);
  writeRecord(join(temporary, UNPACKED), installation);
  await rename(temporary, folder);
  return installation;
}

/**
 * @param {string} file
 * @param {Installation} installation
 */
function writeRecord(file, { suite, version, recipe }) {
  writeFileSync(file, `${JSON.stringify({ suite, version, recipe })}\n`);
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Installation | null} null unless this recipe wrote the record
 */
function readRecord(folder, name) {
  try {
    const record = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return record.recipe === RECIPE ? { ...record, folder } : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} cacheFolder
 * @param {readonly string[]} suites
 * @param {string} record
 */
async function findRecord(cacheFolder, suites, record) {
  if (!existsSync(cacheFolder)) return null;
  const entries = await readdir(cacheFolder);
  for (const suite of suites) {
    const found = entries
      .filter((name) => name.startsWith(`emscripten-${suite}-`))
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => readRecord(join(cacheFolder, name), record))
      .find((installation) => installation !== null);
    if (found) return found;
  }
  return null;
}

/**
 * @param {string} cacheFolder
 * @param {string} suite
 */
function findUnpacked(cacheFolder, suite) {
  return findRecord(cacheFolder, [suite], UNPACKED);
}

/**
 * @param {string} cacheFolder
 * @param {string} suite
 */
function downloadFolder(cacheFolder, suite) {
  return join(cacheFolder, `downloads-${suite}`);
}

/** @param {string} suite */
function temporaryPrefix(suite) {
  return `unpacking-${suite}-`;
}

/**
 * @param {string} cacheFolder
 * @param {string} suite
 */
async function removeAbandoned(cacheFolder, suite) {
  for (const name of await readdir(cacheFolder)) {
    const isTemporary = name.startsWith(temporaryPrefix(suite));
    const isOutdated =
      name.startsWith(`emscripten-${suite}-`) && !readRecord(join(cacheFolder, name), UNPACKED);
    if (isTemporary || isOutdated) {
      await rm(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}

/** @param {readonly import('./debian-suite.mjs').DebianPackage[]} packages */
function upstreamVersion(packages) {
  const version = packages.find(({ name }) => name === 'emscripten')?.version;
  const match = version?.match(/^(?:\d+:)?(\d+\.\d+\.\d+)/);
  if (!match?.[1]) throw new Problem(`Emscripten's version "${version}" is not understood.`);
  return match[1];
}

/** @param {string} target */
function copyScriptPackages(target) {
  const require = createRequire(import.meta.url);
  for (const name of SCRIPT_PACKAGES) {
    let source;
    try {
      source = dirname(require.resolve(`${name}/package.json`));
    } catch {
      throw new Problem(`The npm package ${name} is missing: npm ci`);
    }
    cpSync(source, join(target, name), { recursive: true, dereference: true });
  }
}

/**
 * @param {string} temporary
 * @param {string} folder
 */
async function writeConfiguration(temporary, folder) {
  const root = join(folder, 'root');
  const llvm = await findLlvm(join(temporary, 'root'));
  const quoted = (/** @type {string} */ text) => JSON.stringify(text);
  writeFileSync(
    join(temporary, 'config.py'),
    `LLVM_ROOT = ${quoted(join(root, 'usr/lib', llvm, 'bin'))}
BINARYEN_ROOT = ${quoted(join(root, 'usr'))}
NODE_JS = ${quoted(process.execPath)}
CACHE = ${quoted(join(folder, 'cache'))}
`,
  );
  mkdirSync(join(temporary, 'cache'), { recursive: true });
}
