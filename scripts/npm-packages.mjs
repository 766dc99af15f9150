import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withLock } from './lock.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Problem } from './problem.mjs';

/**
 * Installs exactly the packages of package-lock.json, unless they are installed.
 *
 * @param {Pick<import('./machine.mjs').Machine, 'execute' | 'report'>} machine
 * @param {string} [root]
 */
export async function ensureNpmPackages(machine, root = repositoryRoot) {
  if (isInstalled(root)) return;
  await withLock(
    join(stampFolder, 'npm.lock'),
    { whileWaiting: 'Another process is installing npm packages; waiting for it …' },
    async () => {
      if (isInstalled(root)) return;
      machine.report('Installing npm packages (about 15 s) …');
      const result = await machine.execute('npm', [
        'ci',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
        '--prefix',
        root,
      ]);
      if (result.code !== 0) throw new Problem(describeFailure(result));
      writeStamp(root);
    },
  );
}

/** @param {import('./command.mjs').CommandResult} result */
function describeFailure({ code, stdout }) {
  if (code === 127) return 'npm was not found. It comes with Node: https://nodejs.org/en/download.';
  const errors = stdout
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|A complete/.test(line));
  return `The npm packages of package-lock.json could not be installed:
${errors
  .slice(0, 6)
  .map((line) => `  ${line}`)
  .join('\n')}
Check the internet connection and start again, or run: npm ci`;
}

/** @param {string} root */
function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules'))) return false;
  if (readText(stampFile(root)) === lockHash(root)) return true;
  if (!isAsLocked(root)) return false;
  writeStamp(root);
  return true;
}

/**
 * Somebody else may have installed the packages: npm's own record of what is in node_modules tells.
 *
 * @param {string} root
 */
function isAsLocked(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional }]) =>
      !path.includes('node_modules/') ||
      (present[path]
        ? present[path].version === version && present[path].integrity === integrity
        : optional),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  return JSON.parse(readText(file) || '{}').packages ?? {};
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules/.civic-realtime-installed');
}

/** @param {string} root */
function writeStamp(root) {
  writeFileSync(stampFile(root), lockHash(root));
}

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256')
    .update(readText(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
