/**
 * The parts of `npm test`, in the order in which they run. Each has everything it needs: it can be
 * run alone, on a machine where nothing else ran before.
 */

import { availableParallelism } from 'node:os';

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

/** @type {readonly Part[]} */
export const parts = [
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
      args: ['--noEmit', '-p', project],
    })),
  },
  {
    name: 'native',
    title: 'the core without exceptions, with address and undefined-behaviour sanitizers',
    needs: ['native', 'coverage'],
    builds: [],
    commands: withCoverage(cmakePreset('dev')),
  },
  {
    name: 'simulation',
    title: 'a virtual world under faults, 500 seeds that nobody ran before',
    needs: ['native'],
    builds: [],
    commands: [node('scripts/simulate.mjs', '--seeds', '500', '--from', 'new')],
  },
  {
    name: 'fuzz-smoke',
    title: 'the core, fuzzed for a short while',
    needs: ['native', 'fuzzing'],
    builds: [],
    commands: cmakePreset('fuzz'),
  },
  {
    name: 'build',
    title: 'engine, package and demo page',
    needs: [],
    builds: ['engine', 'package', 'page'],
    commands: [],
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
  },
  {
    name: 'js',
    title: 'package, engine in WebAssembly, gateway, scripts',
    needs: [],
    builds: ['engine', 'package', 'page'],
    commands: [
      { program: 'vitest', args: ['run', '--coverage', ...projects('js', 'wasm')] },
      { program: 'vitest', args: ['run', ...projects('gateway', 'scripts')] },
    ],
  },
  {
    name: 'browser',
    title: 'everything together in Chromium, the main path in Firefox',
    needs: ['browser'],
    builds: ['engine', 'package', 'page'],
    commands: [{ program: 'vitest', args: ['run', '--config', 'tests/browser/vitest.config.ts'] }],
  },
  {
    name: 'packaging',
    title: 'applications that install the package: Vite, webpack, Rspack, esbuild, Next.js, Node',
    needs: ['browser'],
    builds: ['engine', 'package'],
    commands: [
      { program: 'vitest', args: ['run', '--config', 'tests/packaging/vitest.config.ts'] },
    ],
  },
];

/**
 * @param {string} preset
 * @returns {Command[]}
 */
function cmakePreset(preset) {
  return [
    { program: 'cmake', args: ['--preset', preset, '--log-level=WARNING'] },
    { program: 'cmake', args: ['--build', '--preset', preset] },
    { program: 'ctest', args: ['--preset', preset, '--parallel', String(availableParallelism())] },
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
