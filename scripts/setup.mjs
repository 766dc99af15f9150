/**
 * Installs what is missing on this machine, and nothing else: npm packages of the lock file and
 * Debian packages. When everything is there it touches neither the network nor the system.
 *
 *   npm run setup [-- <purpose> …]   see requirements.mjs; without one: everything
 */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { isAtLeast } from './version.mjs';
import { thisMachine } from './machine.mjs';
import { Problem, runScript } from './problem.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { purposes } from './requirements.mjs';

const MINIMUM_NODE = '20.19.0';

const UPDATE = ['update', '-qq', '-o', 'APT::Update::Error-Mode=any', '-o', 'Acquire::Retries=3'];
const INSTALL = [
  ...['install', '-qq', '-y', '--no-install-recommends'],
  // Another program may be installing something right now.
  ...['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'],
];

/** @typedef {keyof typeof purposes} Purpose */

/**
 * @param {readonly Purpose[]} wanted
 * @param {import('./machine.mjs').Machine} [machine]
 * @throws {Problem} naming what is missing and how to get it
 */
export async function setUp(wanted, machine = thisMachine()) {
  checkNode(machine);
  await ensureNpmPackages(machine);
  await ensureSystemPackages(wanted, machine);
}

/** @param {import('./machine.mjs').Machine} machine */
export function checkNode({ nodeVersion }) {
  if (isAtLeast(nodeVersion, MINIMUM_NODE)) return;
  throw new Problem(
    `Node ${MINIMUM_NODE} or newer is needed; this is ${nodeVersion}. See https://nodejs.org/en/download.`,
  );
}

/**
 * @param {readonly Purpose[]} wanted
 * @param {import('./machine.mjs').Machine} machine
 */
export async function ensureSystemPackages(wanted, machine) {
  const reasons = new Set();
  /** @type {Map<string, import('./requirements.mjs').Requirement>} */
  const missing = new Map();
  for (const purpose of wanted) {
    const { reason, requirements } = /** @type {(typeof purposes)[string]} */ (purposes[purpose]);
    for (const requirement of requirements) {
      if (isSatisfied(requirement, machine)) continue;
      missing.set(requirement.debianPackage, requirement);
      reasons.add(reason);
    }
  }
  if (missing.size > 0) await provide([...missing.values()], enumerate([...reasons]), machine);
}

/** @param {readonly string[]} items */
function enumerate(items) {
  return [items.slice(0, -1).join(', '), ...items.slice(-1)].filter(Boolean).join(' and ');
}

/**
 * @param {import('./requirements.mjs').Requirement} requirement
 * @param {import('./machine.mjs').Machine} machine
 */
function isSatisfied({ programs = [], files = [] }, machine) {
  return programs.some(machine.hasProgram) || files.some(machine.hasFile);
}

/**
 * @param {readonly import('./requirements.mjs').Requirement[]} missing
 * @param {string} reason
 * @param {import('./machine.mjs').Machine} machine
 */
async function provide(missing, reason, machine) {
  const names = missing.map(({ debianPackage }) => debianPackage);
  if (!machine.hasApt) {
    const programs = missing.flatMap(({ programs: [first] = [] }) => first ?? []);
    if (programs.length === 0) return;
    throw new Problem(`Not found: ${programs.join(', ')}, needed to ${reason}.
This system is not Debian, so nothing was installed. Its own package manager has these programs;
Debian's packages with them are called ${names.join(', ')}.`);
  }
  if (!machine.isRoot) {
    throw new Problem(`Not found: ${missing.map(describe).join(', ')}, needed to ${reason}.
Only root can install them. Either start this command as root, or first run
  sudo apt-get install ${names.join(' ')}`);
  }
  machine.report(`Installing Debian packages ${names.join(', ')} (needed to ${reason}) …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await machine.execute('apt-get', UPDATE, quiet);
  const install = await machine.execute('apt-get', [...INSTALL, ...names], quiet);
  if (install.code === 0) return;
  const printed = update.code === 0 ? install.stdout : update.stdout;
  throw new Problem(`Not installed: Debian packages ${names.join(', ')}, needed to ${reason}.
${aptErrors(printed)}
Check the internet connection and start again, or install them yourself:
  apt-get update && apt-get install ${names.join(' ')}`);
}

/** @param {import('./requirements.mjs').Requirement} requirement */
function describe({ debianPackage, programs }) {
  return programs?.[0] ?? debianPackage;
}

/** @param {string} output */
function aptErrors(output) {
  const lines = output.split('\n').filter((line) => /^[EW]: /.test(line));
  const shown = lines.length > 0 ? lines : output.trim().split('\n').slice(-4);
  return shown
    .slice(0, 4)
    .map((line) => `  ${line}`)
    .join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const wanted = argv.slice(2);
    const unknown = wanted.filter((purpose) => !(purpose in purposes));
    if (unknown.length > 0) {
      throw new Problem(
        `Unknown purpose ${unknown.join(', ')}; there are ${Object.keys(purposes).join(', ')}.`,
      );
    }
    await setUp(wanted.length > 0 ? wanted : Object.keys(purposes));
    console.log('Everything is installed.');
  });
}
