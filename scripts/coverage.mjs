/**
 * Counts which lines of core/ the native tests ran, room by room, and fails below the threshold.
 *
 *   node scripts/coverage.mjs clear     before the tests: forgets what earlier runs counted
 *   node scripts/coverage.mjs report    after them
 *
 * The `dev` preset counts (CIVIC_COVERAGE); only `core_tests` is built by it, so neither fuzzing nor benchmarks count.
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { run } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';

/** Percent of the lines of core/ that must run. */
export const THRESHOLD = 95;

const BUILD_FOLDER = join(repositoryRoot, 'build/dev');
const COUNTS_FILE = join(BUILD_FOLDER, 'coverage.json');

/** Lines of core/ are of the room that is their folder: `core/src/<room>/`, `core/include/civic/<room>/`. */
const ROOM = /^core\/(?:src|include\/civic)\/([^/]+)\//;

/**
 * What is read of gcovr's JSON.
 *
 * @typedef {object} CountedFile
 * @property {string} file relative to the root
 * @property {readonly { line_number: number, count: number, 'gcovr/noncode': boolean }[]} lines
 */

/**
 * @param {readonly CountedFile[]} files
 * @param {number} [threshold] percent
 * @returns {{ lines: string[], passed: boolean }} one line per room, the total, and the files below the threshold
 */
export function summarizeCoverage(files, threshold = THRESHOLD) {
  /** @type {Map<string, Tally>} */
  const rooms = new Map();
  const total = new Tally();
  /** @type {string[]} */
  const poor = [];
  for (const { file, lines } of files) {
    const room = ROOM.exec(file)?.[1];
    if (room === undefined) continue;
    const own = new Tally();
    for (const line of lines) if (!line['gcovr/noncode']) own.add(line.line_number, line.count > 0);
    total.merge(own);
    rooms.set(room, (rooms.get(room) ?? new Tally()).merge(own));
    if (own.percent < threshold) {
      poor.push(`  ${file}  ${own.format()}  not run: ${ranges(own.missed)}`);
    }
  }
  const named = [...[...rooms].sort(([left], [right]) => (left < right ? -1 : 1)), ['', total]];
  const width = Math.max(...named.map(([name]) => String(name).length), 'total'.length);
  const report = named.map(([name, tally]) => {
    const counted = /** @type {Tally} */ (tally);
    return `  ${String(name || 'total').padEnd(width)}  ${counted.format()}  ${counted.run} of ${counted.lines} lines`;
  });
  const passed = total.lines > 0 && total.percent >= threshold;
  return {
    passed,
    lines: [
      'Lines of core/ that the tests ran:',
      ...report,
      ...(poor.length > 0 ? [`Files below ${threshold} %:`, ...poor.sort()] : []),
      ...(passed ? [] : [`At least ${threshold} % of the lines of core/ must run.`]),
    ],
  };
}

class Tally {
  lines = 0;
  run = 0;
  /** @type {number[]} */
  missed = [];

  /**
   * @param {number} line
   * @param {boolean} hasRun
   */
  add(line, hasRun) {
    ++this.lines;
    if (hasRun) ++this.run;
    else this.missed.push(line);
  }

  /** @param {Tally} other */
  merge(other) {
    this.lines += other.lines;
    this.run += other.run;
    return this;
  }

  get percent() {
    return this.lines === 0 ? 100 : (100 * this.run) / this.lines;
  }

  /** Rounded down, so that what is shown as the threshold is no less. */
  format() {
    return `${(Math.floor(this.percent * 10) / 10).toFixed(1).padStart(5)} %`;
  }
}

/**
 * @param {readonly number[]} numbers ascending
 * @returns such as `3-5, 9`
 */
function ranges(numbers) {
  /** @type {[number, number][]} */
  const found = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

function clear() {
  const entries = readdirSync(BUILD_FOLDER, { recursive: true, encoding: 'utf8' });
  for (const name of entries) if (name.endsWith('.gcda')) rmSync(join(BUILD_FOLDER, name));
}

async function report() {
  await run(
    'gcovr',
    ['--root', '.', '--filter', 'core/(include|src)/', '--json', COUNTS_FILE, BUILD_FOLDER],
    { cwd: repositoryRoot, output: 'merge', purpose: 'Reading what the tests ran' },
  );
  /** @type {{ files: CountedFile[] }} */
  const { files } = JSON.parse(readFileSync(COUNTS_FILE, 'utf8'));
  const { lines, passed } = summarizeCoverage(files);
  console.log(`\n${lines.join('\n')}`);
  return passed ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    if (argv[2] === 'clear') return clear();
    if (argv[2] === 'report') return report();
    throw new Problem('Say either clear or report.');
  });
}
