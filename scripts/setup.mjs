/**
 * Installs what is missing on this machine, and nothing else: npm packages of the lock file and
 * Debian packages. When everything is there it touches neither the network nor the system.
 *
 *   node scripts/setup.mjs [<purpose> …]   see requirements.mjs; without one: everything
 */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { isAtLeast } from './version.mjs';
import { thisMachine } from './machine.mjs';
import { Problem, runScript } from './problem.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { purposes } from './requirements.mjs';

const MINIMUM_NODE = '20.19.0';

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
  for (const purpose of wanted) {
    const { reason, requirements } = /** @type {(typeof purposes)[string]} */ (purposes[purpose]);
    const missing = requirements.filter((requirement) => !isSatisfied(requirement, machine));
    if (missing.length > 0) await provide(missing, reason, machine);
  }
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
    throw new Problem(`${programs.join(', ')}: not found, and needed to ${reason}.
This system is not Debian, so nothing was installed. Its package manager has them; Debian's
packages are called ${names.join(', ')}.`);
  }
  if (!machine.isRoot) {
    throw new Problem(`${missing.map(describe).join(', ')}: not found, and needed to ${reason}.
Only root can install packages. Either start this command as root, or run
  sudo apt-get install ${names.join(' ')}`);
  }
  machine.report(`Installing Debian packages ${names.join(', ')} (needed to ${reason}) …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await machine.execute(
    'apt-get',
    ['update', '-qq', '-o', 'APT::Update::Error-Mode=any'],
    quiet,
  );
  const install = await machine.execute(
    'apt-get',
    ['install', '-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names],
    quiet,
  );
  if (install.code === 0) return;
  const printed = update.code === 0 ? install.stdout : `${update.stdout}\n${install.stdout}`;
  throw new Problem(`The Debian packages ${names.join(', ')}, needed to ${reason}, could not be installed:
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
