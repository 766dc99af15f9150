/**
 * Measures what receiving bill updates costs a page in Chromium, side by side: tables on the screen, everything in
 * build/bench/latest.json, a chart beside it. Builds what is missing first. Figures never fail it; a lost message does.
 *
 *   npm run bench [-- --suite full --rounds 5 --seconds 2 --subject <name> … --measurement <name> …]
 *   npm run bench -- --markdown    the tables of the last run for docs/performance.md; measures nothing
 *   npm run bench -- --chart       the chart of the last run, into docs/images; measures nothing
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from './build.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const RESULT_FILE = 'build/bench/latest.json';
const CHART_FILE = 'docs/images/benchmark.svg';

/**
 * @param {readonly string[]} args
 * @throws {Problem} naming what there is
 */
export function readBenchOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        suite: { type: 'string', default: 'quick' },
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '2' },
        subject: { type: 'string', multiple: true, default: [] },
        measurement: { type: 'string', multiple: true, default: [] },
        markdown: { type: 'boolean', default: false },
        chart: { type: 'boolean', default: false },
      },
    });
    return {
      suite: suite(values.suite),
      rounds: count('rounds', values.rounds),
      seconds: count('seconds', values.seconds),
      subjects: values.subject,
      measurements: values.measurement,
      markdown: values.markdown,
      chart: values.chart,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${/** @type {Error} */ (error).message}\nThe options are --suite, --rounds, --seconds, --subject, --measurement, --markdown and --chart.`,
    );
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function count(name, value) {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new Problem(`--${name} is ${value}; allowed is a whole number from 1 to 99999.`);
}

/**
 * @param {string} value
 * @returns {'quick' | 'full'}
 */
function suite(value) {
  if (value === 'quick' || value === 'full') return value;
  throw new Problem(`--suite is ${value}; allowed are quick and full.`);
}

/**
 * @param {string} kind
 * @param {readonly string[]} wanted
 * @param {readonly { name: string }[]} known
 */
function checkNames(kind, wanted, known) {
  const names = known.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new Problem(`There is no ${kind} ${unknown}. The ${kind}s are ${names.join(', ')}.`);
}

/** Vite, because Node does not run TypeScript; not there before `setUp`. */
async function loadBenchmark() {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(repositoryRoot, 'tests/bench/browser/run.ts'), {
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
  });
  return /** @type {typeof import('../tests/bench/browser/run.js')} */ (module);
}

/** @returns {import('../tests/bench/browser/run.js').Report} */
function lastReport() {
  try {
    return JSON.parse(readFileSync(join(repositoryRoot, RESULT_FILE), 'utf8'));
  } catch (error) {
    throw new Problem(
      `There is no readable ${RESULT_FILE} (${/** @type {Error} */ (error).message}). Run npm run bench first.`,
    );
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const path = join(repositoryRoot, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @param {readonly string[]} args */
async function bench(args) {
  const options = readBenchOptions(args);
  if (options.markdown || options.chart) {
    const report = lastReport();
    await setUp([]);
    const { chartOf, markdownOf } = await loadBenchmark();
    if (options.markdown) console.log(markdownOf(report));
    if (options.chart) {
      write(CHART_FILE, chartOf(report));
      process.stderr.write(`The chart of ${RESULT_FILE} is in ${CHART_FILE}.\n`);
    }
    return;
  }
  await setUp(['browser']);
  await build(['engine', 'package']);
  const { measurements, runBenchmark, screenOf, subjects } = await loadBenchmark();
  checkNames('subject', options.subjects, subjects);
  checkNames('measurement', options.measurements, measurements(options.suite, options.seconds));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => process.exit(1));
  }
  const report = await runBenchmark({
    ...options,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  write(RESULT_FILE, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${screenOf(report)}\n\nAll runs: ${RESULT_FILE}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => bench(argv.slice(2)));
}
