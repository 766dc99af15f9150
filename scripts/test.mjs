/**
 * Installs what is missing and runs every part of the tests, or those that are named, two at a time.
 *
 *   npm test [-- <part> …]      see test-parts.mjs
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { attempt } from './command.mjs';
import { inLanes } from './lanes.mjs';
import { repositoryRoot } from './paths.mjs';
import { runScript } from './problem.mjs';
import { setUp } from './setup.mjs';
import { selectParts } from './test-parts.mjs';

/**
 * Some parts compile and some wait for a browser: two together use the machine better than one, and
 * each still finishes soon enough to be read.
 */
const LANES = 2;

/** How often a run that prints nothing says what it is doing. */
const PROGRESS_INTERVAL_MS = 30_000;

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {boolean} passed
 * @property {number} seconds
 */

/**
 * The last lines of a test run.
 *
 * @param {readonly Outcome[]} outcomes
 * @param {number} seconds from the first part's beginning to the last one's end
 */
export function summarize(outcomes, seconds) {
  const failed = outcomes.filter(({ passed }) => !passed);
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const row = (
    /** @type {string} */ state,
    /** @type {string} */ name,
    /** @type {number} */ time,
  ) => `  ${state.padEnd(6)}  ${name.padEnd(width)}  ${formatSeconds(time).padStart(8)}`;
  return [
    '',
    ...outcomes.map(({ name, passed, seconds: own }) =>
      row(passed ? 'passed' : 'FAILED', name, own),
    ),
    row('', '', seconds),
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

/**
 * Runs parts and prints what they print: as it comes when they run one by one, otherwise each part's
 * as one block when it ends.
 *
 * @param {readonly import('./test-parts.mjs').Part[]} selected
 * @returns {Promise<Outcome[]>} in the order of `selected`
 */
async function runParts(selected) {
  const lanes = Math.min(LANES, availableParallelism(), selected.length);
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  /** @type {Map<string, number>} */
  const begun = new Map();
  const secondsOf = (/** @type {string} */ name) =>
    (performance.now() - (begun.get(name) ?? 0)) / 1000;
  const running = () =>
    [...begun.keys()]
      .filter((name) => !outcomes.has(name))
      .map((name) => `${name} (${formatSeconds(secondsOf(name))})`);
  const progress = setInterval(
    () => console.log(`… running: ${running().join(', ')}`),
    PROGRESS_INTERVAL_MS,
  );
  if (lanes === 1) clearInterval(progress);
  await inLanes(selected, lanes, async ({ name, title }) => {
    const heading = `\n── ${name}: ${title} ──\n`;
    console.log(lanes === 1 ? heading : `${name} begins`);
    begun.set(name, performance.now());
    const { code, stdout } = await attempt(
      process.execPath,
      [join(repositoryRoot, 'scripts/test-part.mjs'), name],
      { cwd: repositoryRoot, output: lanes === 1 ? 'inherit' : 'merge' },
    );
    const outcome = { name, passed: code === 0, seconds: secondsOf(name) };
    outcomes.set(name, outcome);
    progress.refresh();
    if (lanes > 1) console.log(`${heading}\n${stdout.trim()}`);
    console.log(
      `\n${name} ${outcome.passed ? 'passed' : 'FAILED'} in ${formatSeconds(outcome.seconds)}`,
    );
  });
  clearInterval(progress);
  return selected.flatMap(({ name }) => outcomes.get(name) ?? []);
}

/** @param {readonly string[]} names */
async function test(names) {
  const selected = selectParts(names);
  await prepare(selected);
  const start = performance.now();
  const outcomes = await runParts(selected);
  console.log(summarize(outcomes, (performance.now() - start) / 1000));
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => test(argv.slice(2)));
}
