/**
 * Checks style and rules of all code, or repairs what can be repaired.
 *
 *   npm run lint      every check runs, even when an earlier one fails
 *   npm run format    rewrites files in place
 */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { findImpurities } from './check-purity.mjs';
import { tidyCore } from './clang-tidy.mjs';
import { attempt } from './command.mjs';
import { cppFiles } from './cpp-sources.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

/** @type {readonly { name: string, check: () => Promise<boolean> }[]} */
const checks = [
  { name: 'purity of core/ and the read model', check: checkPurity },
  {
    name: 'eslint',
    check: () => packageProgram('eslint', ['--max-warnings=0', ...cache('eslint'), '.']),
  },
  {
    name: 'prettier',
    check: () =>
      packageProgram('prettier', ['--check', '--log-level=warn', ...cache('prettier'), '.']),
  },
  { name: 'clang-format', check: () => clangFormat(['--dry-run', '--Werror']) },
  { name: 'clang-tidy', check: () => tidyCore((line) => console.log(line)) },
];

/** @returns {Promise<number>} exit code */
export async function lint() {
  await setUp(['native', 'linting']);
  const failed = [];
  for (const { name, check } of checks) {
    if (await check()) {
      console.log(`ok      ${name}`);
    } else {
      console.log(`failed  ${name}`);
      failed.push(name);
    }
  }
  if (failed.length === 0) return 0;
  console.log(`\n${failed.join(', ')} found something. npm run format repairs what is only form.`);
  return 1;
}

async function format() {
  await setUp(['linting']);
  const formatted = [
    await packageProgram('eslint', ['--fix', '--quiet', '.']),
    await packageProgram('prettier', ['--write', '--log-level=warn', '.']),
    await clangFormat(['-i']),
  ];
  return formatted.every(Boolean) ? 0 : 1;
}

async function checkPurity() {
  const found = findImpurities(repositoryRoot);
  for (const line of found) console.log(line);
  return found.length === 0;
}

/** @param {readonly string[]} options */
async function clangFormat(options) {
  const files = cppFiles();
  if (files.length === 0) return true;
  const { code } = await attempt('clang-format', [...options, ...files], { cwd: repositoryRoot });
  return code === 0;
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
async function packageProgram(name, args) {
  const { code } = await attempt(`${packageProgramFolder}/${name}`, args, { cwd: repositoryRoot });
  return code === 0;
}

/** @param {string} name */
function cache(name) {
  return ['--cache', '--cache-strategy=content', `--cache-location=build/.stamps/${name}`];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => (argv.includes('--fix') ? format() : lint()));
}
