/**
 * Checks the packed package as a stranger's tools will see it: publint and "Are the types wrong?".
 *
 *   node scripts/check-package.mjs
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { run } from './command.mjs';
import { brokenLinks } from './markdown.mjs';
import { pack, stagedPackage } from './pack.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';

/** What npm runs on the machine of whoever installs a package. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

async function checkPackage() {
  const tarball = await pack();
  const manifest = JSON.parse(readFileSync(join(stagedPackage, 'package.json'), 'utf8'));
  const scripts = INSTALL_SCRIPTS.filter((name) => name in (manifest.scripts ?? {}));
  if (scripts.length > 0) {
    throw new Problem(`The package runs scripts when it is installed: ${scripts.join(', ')}.`);
  }
  checkClientFiles();
  checkStrictSites();
  checkCopiedFiles();
  const links = brokenLinks(stagedPackage);
  if (links.length > 0) throw new Problem(`In the package:\n${links.join('\n')}`);
  await program('publint', ['run', tarball, '--strict']);
  // Only TypeScript's bundlers and Node read the exports of a package that is ESM alone. Files that
  // are exported to be copied or fetched have no types.
  const untyped = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'string' ? name : [],
  );
  await program('attw', [
    ...[tarball, '--profile', 'esm-only', '--no-emoji'],
    ...['--exclude-entrypoints', ...untyped],
  ]);
}

/** What a strict Content-Security-Policy forbids, in files that browsers run. */
const FORBIDDEN = /\beval\(|\bFunction\(|createObjectURL|\bblob:|import\(["']data:/;
const NODE_FILES = /^(command-line|migrate|gateway)\.js$/;
/** Files with something of that which no policy forbids: the devtools let the browser save a file. */
const EXEMPT = new Map([['shared-devtools.js', 'createObjectURL']]);

function checkStrictSites() {
  const folder = join(stagedPackage, 'dist');
  const found = readdirSync(folder).flatMap((name) => {
    if (!name.endsWith('.js') || NODE_FILES.test(name)) return [];
    const match = FORBIDDEN.exec(readFileSync(join(folder, name), 'utf8'));
    return match === null || match[0] === EXEMPT.get(name) ? [] : [`${name}: ${match[0]}`];
  });
  if (found.length > 0) throw new Problem(`Strict sites forbid this:\n${found.join('\n')}`);
}

/** What bundlers that copy nothing are told to copy; the documents and the loader's errors name them. */
const COPIED_FILES = ['worker.js', 'engine.js', 'engine.wasm'];

function checkCopiedFiles() {
  for (const name of COPIED_FILES.filter((file) => file.endsWith('.js'))) {
    const code = readFileSync(join(stagedPackage, 'dist', name), 'utf8');
    for (const [, needed = ''] of code.matchAll(
      /(?:\bfrom|\bimport)\s*\(?\s*["']\.\/([^"']+)["']/g,
    )) {
      if (COPIED_FILES.includes(needed)) continue;
      throw new Problem(`${name} loads ${needed}, which nobody is told to copy.`);
    }
  }
}

/** What uses React's hooks must say so to servers that render components, in its first line. */
function checkClientFiles() {
  const folder = join(stagedPackage, 'dist');
  const unmarked = readdirSync(folder).filter((name) => {
    if (!name.endsWith('.js')) return false;
    const code = readFileSync(join(folder, name), 'utf8');
    const usesReact = name === 'react.js' || /\bfrom ?["']react["']/.test(code);
    return usesReact && !/^["']use client["'];/.test(code);
  });
  if (unmarked.length === 0) return;
  throw new Problem(
    `These files use React and do not begin with 'use client': ${unmarked.join(', ')}.`,
  );
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
async function program(name, args) {
  const options = /** @type {const} */ ({ cwd: repositoryRoot, output: 'merge', purpose: name });
  await run(join(packageProgramFolder, name), args, options);
  console.log(`ok      ${name}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) await runScript(checkPackage);
