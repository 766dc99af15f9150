/**
 * The parts of `npm test`, in the order in which they begin. Each has everything it needs: it can be
 * run alone, on a machine where nothing else ran before.
 *
 * What takes long begins early, and what needs the engine begins after the part that builds it, so that
 * nothing waits for the other lane.
 */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { stampFolder } from './paths.mjs';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} Command
 * @property {string} program npm's programs by name, others from the PATH
 * @property {readonly string[]} args
 */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {readonly import('./setup.mjs').Purpose[]} needs what the machine must have
 * @property {readonly string[]} builds targets of build.mjs that must be up to date
 * @property {readonly Command[]} commands
 * @property {readonly string[]} [holds] what no two parts may use at the same time
 * @property {boolean} [alone] nothing else may run beside it
 */

const TYPED_PROJECTS = [
  'js',
  'js/src/migrate',
  'web-demo',
  'web-demo/tsconfig.node.json',
  'web-demo/gateway',
  'tests',
  'scripts',
];

/** Not the two more that Ninja would add: another part may be compiling too. */
const PARALLEL = ['--parallel', String(availableParallelism())];

/** @type {readonly Part[]} */
export const parts = [
  {
    name: 'fuzz-smoke',
    title: 'the core, fuzzed for a short while',
    needs: ['native', 'fuzzing'],
    builds: [],
    commands: cmakePreset('fuzz'),
    // Its time is measured by the clock: beside other work it would try less.
    alone: true,
  },
  {
    name: 'native',
    title: 'the core without exceptions, with address and undefined-behaviour sanitizers',
    needs: ['native', 'coverage'],
    builds: [],
    commands: withCoverage(cmakePreset('dev')),
  },
  {
    name: 'build',
    title: 'engine, package and demo page',
    needs: [],
    builds: ['engine', 'package', 'page'],
    commands: [],
  },
  {
    name: 'scale',
    title: 'several gateways on NATS, while gateways and servers are killed',
    needs: ['scale'],
    builds: ['engine', 'package'],
    commands: [{ program: 'vitest', args: ['run', ...projects('scale')] }],
  },
  {
    name: 'browser',
    title: 'everything together in Chromium, the main path in Firefox',
    needs: ['browser', 'scale'],
    builds: ['engine', 'package', 'page'],
    commands: [{ program: 'vitest', args: ['run', '--config', 'tests/browser/vitest.config.ts'] }],
  },
  {
    name: 'simulation',
    title: 'a virtual world under faults, 500 seeds that nobody ran before',
    needs: ['native'],
    builds: [],
    commands: [
      ...cmakePreset('simulation'),
      node('scripts/simulate.mjs', '--seeds', '500', '--from', 'new'),
    ],
  },
  {
    name: 'packaging',
    title: 'applications that install the package: Vite, webpack, Rspack, esbuild, Next.js, Node',
    needs: ['browser'],
    builds: ['engine', 'package'],
    commands: [
      { program: 'vitest', args: ['run', '--config', 'tests/packaging/vitest.config.ts'] },
    ],
    holds: ['the packed package'],
  },
  {
    name: 'lint',
    title: 'style and rules of all code',
    needs: ['native', 'linting'],
    builds: [],
    commands: [node('scripts/lint.mjs')],
  },
  {
    name: 'types',
    title: 'TypeScript, strictly',
    needs: [],
    builds: ['engine', 'package'],
    commands: TYPED_PROJECTS.map((project) => ({
      program: 'tsc',
      args: ['-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', typesFile(project)],
    })),
  },
  {
    name: 'package',
    title: 'the package as it is published: form, types, size, documents, nothing unused',
    needs: [],
    builds: ['engine', 'package'],
    commands: [
      node('scripts/check-package.mjs'),
      node('scripts/package-size.mjs'),
      node('scripts/check-docs.mjs'),
      { program: 'typedoc', args: [] },
      { program: 'knip', args: [] },
    ],
    holds: ['the packed package'],
  },
  {
    name: 'js',
    title: 'package, engine in WebAssembly, gateway, scripts',
    // To replay a recording natively.
    needs: ['native'],
    builds: ['engine', 'package', 'page'],
    commands: [
      { program: 'vitest', args: ['run', '--coverage', ...projects('js', 'wasm')] },
      { program: 'vitest', args: ['run', ...projects('gateway', 'scripts')] },
    ],
  },
];

/**
 * What the compiler remembers of a project, by content, so that it looks again only at what changed.
 *
 * @param {string} project
 */
function typesFile(project) {
  return join(stampFolder, 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
}

/**
 * @param {readonly string[]} names none means all
 * @returns {Part[]}
 * @throws {Problem} naming the parts there are
 */
export function selectParts(names) {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ');
    throw new Problem(`There is no part ${unknown.join(', ')}. The parts are ${known}.`);
  }
  return parts.filter(({ name }) => names.length === 0 || names.includes(name));
}

/**
 * @param {string} preset
 * @returns {Command[]}
 */
function cmakePreset(preset) {
  return [
    { program: 'cmake', args: ['--preset', preset, '--log-level=WARNING'] },
    { program: 'cmake', args: ['--build', '--preset', preset, ...PARALLEL] },
    { program: 'ctest', args: ['--preset', preset, ...PARALLEL] },
  ];
}

/**
 * Counts the lines that the last of the commands runs.
 *
 * @param {readonly Command[]} commands
 */
function withCoverage(commands) {
  return [
    ...commands.slice(0, -1),
    node('scripts/coverage.mjs', 'clear'),
    ...commands.slice(-1),
    node('scripts/coverage.mjs', 'report'),
  ];
}

/**
 * Projects of vitest.config.ts.
 *
 * @param {readonly string[]} names
 */
function projects(...names) {
  return names.map((name) => `--project=${name}`);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(script, ...args) {
  return { program: process.execPath, args: [script, ...args] };
}
