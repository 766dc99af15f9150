/**
 * Checks style and rules of all code, or repairs what can be repaired.
 *
 *   npm run lint      every check runs, even when an earlier one fails
 *   npm run format    rewrites files in place
 */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { findImpurities } from './check-purity.mjs';
import { findForgottenState } from './check-recorded-state.mjs';
import { tidyCore } from './clang-tidy.mjs';
import { attempt } from './command.mjs';
import { cppFiles } from './cpp-sources.mjs';
import { inLanes } from './lanes.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

/**
 * @typedef {object} Finding
 * @property {boolean} clean
 * @property {string} output for people
 */

/**
 * Two run at once: clang-tidy, which takes long and all cores there are, beside those that take one.
 *
 * @type {readonly { name: string, check: () => Promise<Finding> }[]}
 */
const checks = [
  {
    name: 'eslint',
    check: () => packageProgram('eslint', ['--max-warnings=0', ...cache('eslint'), '.']),
  },
  { name: 'clang-tidy', check: tidyCore },
  {
    name: 'prettier',
    check: () =>
      packageProgram('prettier', ['--check', '--log-level=warn', ...cache('prettier'), '.']),
  },
  { name: 'clang-format', check: () => clangFormat(['--dry-run', '--Werror']) },
  {
    name: 'purity of core/ and the read model',
    check: () => nothingIn(findImpurities(repositoryRoot)),
  },
  {
    name: 'recorded state of the engine',
    check: () => nothingIn(findForgottenState(repositoryRoot)),
  },
];

/** @returns {Promise<number>} exit code */
export async function lint() {
  await setUp(['native', 'linting']);
  /** @type {string[]} */
  const failed = [];
  await inLanes(checks, 2, async ({ name, check }) => {
    const { clean, output } = await check();
    if (output.trim() !== '') console.log(output.trimEnd());
    console.log(`${clean ? 'ok    ' : 'failed'}  ${name}`);
    if (!clean) failed.push(name);
  });
  if (failed.length === 0) return 0;
  console.log(`\n${failed.join(', ')} found something. npm run format repairs what is only form.`);
  return 1;
}

async function format() {
  await setUp(['linting']);
  let clean = true;
  for (const repair of [
    () => packageProgram('eslint', ['--fix', '--quiet', '.']),
    () => packageProgram('prettier', ['--write', '--log-level=warn', '.']),
    () => clangFormat(['-i']),
  ]) {
    const finding = await repair();
    if (finding.output.trim() !== '') console.log(finding.output.trimEnd());
    clean &&= finding.clean;
  }
  return clean ? 0 : 1;
}

/**
 * @param {readonly string[]} found
 * @returns {Promise<Finding>}
 */
async function nothingIn(found) {
  return { clean: found.length === 0, output: found.join('\n') };
}

/**
 * @param {readonly string[]} options
 * @returns {Promise<Finding>}
 */
async function clangFormat(options) {
  return find('clang-format', [...options, ...cppFiles()]);
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
async function packageProgram(name, args) {
  return find(`${packageProgramFolder}/${name}`, args);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<Finding>}
 */
async function find(program, args) {
  const { code, stdout } = await attempt(program, args, { cwd: repositoryRoot, output: 'merge' });
  if (code === 127) throw new Problem(`${program} was not found.`);
  return { clean: code === 0, output: stdout };
}

/** @param {string} name */
function cache(name) {
  return ['--cache', '--cache-strategy=content', `--cache-location=build/.stamps/${name}`];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => (argv.includes('--fix') ? format() : lint()));
}
