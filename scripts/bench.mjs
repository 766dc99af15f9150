/**
 * Measures what receiving bill updates costs a page in Chromium: a table on the screen, everything in
 * build/bench/latest.json. Builds what is missing first. Figures never fail it; a lost message does.
 *
 *   npm run bench [-- --rounds 5 --updates 20000 --seconds 5 --subject <name> …]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from './build.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const RESULT_FILE = 'build/bench/latest.json';

const DEFAULTS = /** @type {const} */ ({ rounds: '5', updates: '20000', seconds: '5' });

/**
 * @param {readonly string[]} args
 * @throws {Problem} naming what there is
 */
export function readBenchOptions(args) {
  const text = (/** @type {keyof typeof DEFAULTS} */ name) =>
    /** @type {const} */ ({ type: 'string', default: DEFAULTS[name] });
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: text('rounds'),
        updates: text('updates'),
        seconds: text('seconds'),
        subject: { type: 'string', multiple: true, default: [] },
      },
    });
    return {
      rounds: count('rounds', values.rounds),
      updates: count('updates', values.updates),
      seconds: count('seconds', values.seconds),
      subjects: values.subject,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${/** @type {Error} */ (error).message}\nThe options are --rounds, --updates, --seconds and --subject.`,
    );
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function count(name, value) {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new Problem(`--${name} is ${value}; allowed is a whole number from 1.`);
}

/** @param {readonly string[]} args */
async function bench(args) {
  const options = readBenchOptions(args);
  await setUp(['browser']);
  await build(['engine', 'package']);
  // Vite, because Node does not run TypeScript; not there before `setUp`.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(repositoryRoot, 'tests/bench/browser/run.ts'), {
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
  });
  const { runBenchmark, subjects, tableOf } =
    /** @type {typeof import('../tests/bench/browser/run.js')} */ (module);
  const names = subjects.map(({ name }) => name);
  const unknown = options.subjects.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`There is no subject ${unknown}. The subjects are ${names.join(', ')}.`);
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => process.exit(1));
  }
  const report = await runBenchmark({
    ...options,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  const file = join(repositoryRoot, RESULT_FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${tableOf(report)}\n\nAll runs: ${RESULT_FILE}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => bench(argv.slice(2)));
}
