/**
 * Installs what is missing and runs every part of the tests, or those that are named.
 *
 *   npm test [-- <part> …]      see test-parts.mjs
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { build } from './build.mjs';
import { attempt } from './command.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { Problem, describeFailure, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';
import { parts } from './test-parts.mjs';

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {boolean} passed
 * @property {number} seconds
 */

/**
 * @param {readonly string[]} names none means all
 * @returns {import('./test-parts.mjs').Part[]}
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
 * The last lines of a test run.
 *
 * @param {readonly Outcome[]} outcomes
 */
export function summarize(outcomes) {
  const failed = outcomes.filter(({ passed }) => !passed);
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const row = (
    /** @type {string} */ state,
    /** @type {string} */ name,
    /** @type {number} */ time,
  ) => `  ${state.padEnd(6)}  ${name.padEnd(width)}  ${formatSeconds(time).padStart(8)}`;
  return [
    '',
    ...outcomes.map(({ name, passed, seconds }) =>
      row(passed ? 'passed' : 'FAILED', name, seconds),
    ),
    row('', '', total),
    ...failed.map(({ name }) => `To run ${name} alone: npm test -- ${name}`),
    `${outcomes.length - failed.length} passed, ${failed.length} failed`,
  ].join('\n');
}

/** @param {number} seconds */
function formatSeconds(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/**
 * Installs everything at once, so that what cannot be installed is known before the first part.
 *
 * @param {readonly import('./test-parts.mjs').Part[]} selected
 */
async function prepare(selected) {
  const needs = new Set(selected.flatMap((part) => part.needs));
  if (selected.some(({ builds }) => builds.length > 0)) needs.add('engine');
  await setUp([...needs]);
}

/** @param {import('./test-parts.mjs').Part} part */
async function runPart({ builds, commands }) {
  if (builds.length > 0) await build(builds);
  for (const { program, args } of commands) {
    const own = join(packageProgramFolder, program);
    const { code } = await attempt(existsSync(own) ? own : program, args, { cwd: repositoryRoot });
    if (code === 127) throw new Problem(`${program} was not found.`);
    if (code !== 0) throw new Problem(`${program} ${args.join(' ')} ended with exit code ${code}.`);
  }
}

/** @param {readonly string[]} names */
async function test(names) {
  const selected = selectParts(names);
  await prepare(selected);
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const part of selected) {
    console.log(`\n── ${part.name}: ${part.title} ──\n`);
    const start = performance.now();
    let passed = true;
    try {
      await runPart(part);
    } catch (error) {
      passed = false;
      console.log(`\n${describeFailure(error)}`);
    }
    const seconds = (performance.now() - start) / 1000;
    outcomes.push({ name: part.name, passed, seconds });
    console.log(`\n${part.name} ${passed ? 'passed' : 'FAILED'} in ${formatSeconds(seconds)}`);
  }
  console.log(summarize(outcomes));
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => test(argv.slice(2)));
}
