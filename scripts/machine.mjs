import { accessSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, findProgram } from './command.mjs';

/**
 * What setup asks of the machine it runs on, in one place so that tests can describe another one.
 *
 * @typedef {object} Machine
 * @property {string} nodeVersion such as `20.19.0`
 * @property {boolean} isRoot
 * @property {boolean} hasApt Debian or a system made from it
 * @property {(name: string) => boolean} hasProgram
 * @property {(pattern: string) => boolean} hasFile `*` matches within one name
 * @property {(program: string, args: readonly string[], environment?: Record<string, string>) =>
 *   Promise<import('./command.mjs').CommandResult>} execute
 * @property {(line: string) => void} report
 */

/** @returns {Machine} */
export function thisMachine() {
  return {
    nodeVersion: process.versions.node,
    isRoot: process.getuid?.() === 0,
    hasApt: isDebianLike() && findProgram('apt-get') !== null,
    hasProgram: (name) => findProgram(name) !== null,
    hasFile: (pattern) => matches(pattern),
    execute: (program, args, environment = {}) =>
      attempt(program, args, {
        environment: { ...process.env, ...environment },
        output: 'merge',
      }),
    report: (line) => process.stderr.write(`${line}\n`),
  };
}

function isDebianLike() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * @param {string} pattern an absolute path
 * @returns {boolean}
 */
function matches(pattern) {
  if (!pattern.includes('*')) return existsSync(pattern);
  const names = pattern.split('/').slice(1);
  let folders = ['/'];
  for (const name of names) {
    const expression = new RegExp(
      `^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`,
    );
    folders = folders.flatMap((folder) =>
      name.includes('*')
        ? list(folder)
            .filter((entry) => expression.test(entry))
            .map((entry) => join(folder, entry))
        : [join(folder, name)].filter(canAccess),
    );
  }
  return folders.length > 0;
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} path */
function canAccess(path) {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
