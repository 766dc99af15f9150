/**
 * Measures the engine by itself: natively with Google Benchmark (scanner, routing, store, bundle), and compiled to
 * WebAssembly in Node. Builds what is missing first; everything is in build/bench/core.json.
 *
 *   npm run bench:core [-- --rounds 5]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from './build.mjs';
import { run } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const FOLDER = join(repositoryRoot, 'build/bench');
const RESULT_FILE = 'build/bench/core.json';

/**
 * @typedef {object} NativeResult As Google Benchmark writes it.
 * @property {string} name
 * @property {number} cpu_time
 * @property {string} time_unit
 * @property {number} [bytes_per_second]
 * @property {number} [seconds_per_message]
 * @property {number} [allocations_per_message]
 */

/** @param {readonly string[]} args */
function readRounds(args) {
  /** @type {string} */
  let rounds;
  try {
    const options = /** @type {const} */ ({ rounds: { type: 'string', default: '3' } });
    rounds = parseArgs({ args: [...args], options }).values.rounds;
  } catch (error) {
    throw new Problem(`${/** @type {Error} */ (error).message}\nThe option is --rounds.`);
  }
  if (/^[1-9]\d?$/.test(rounds)) return Number(rounds);
  throw new Problem(`--rounds is ${rounds}; allowed is a whole number from 1 to 99.`);
}

/**
 * @param {number} rounds
 * @returns {Promise<NativeResult[]>} Medians.
 */
async function benchNative(rounds) {
  const options = /** @type {const} */ ({ cwd: repositoryRoot, output: 'merge' });
  progress('Natively: building');
  await run('cmake', ['--preset', 'release', '--log-level=WARNING'], {
    ...options,
    purpose: 'Preparing the native benchmarks',
  });
  await run('cmake', ['--build', '--preset', 'release', '--target', 'core_benchmarks'], {
    ...options,
    purpose: 'Building the native benchmarks',
  });
  const file = join(FOLDER, 'native.json');
  progress('Natively: measuring, in turns, which takes about a minute for every round');
  await run(
    join(repositoryRoot, 'build/release/tests/bench/core/core_benchmarks'),
    [
      '--benchmark_min_time=0.2',
      `--benchmark_repetitions=${rounds}`,
      '--benchmark_enable_random_interleaving=true',
      `--benchmark_out=${file}`,
    ],
    { ...options, purpose: 'The native benchmark' },
  );
  const { benchmarks } = parsed(readFileSync(file, 'utf8'));
  return benchmarks
    .filter((one) => rounds === 1 || one.aggregate_name === 'median')
    .map((one) => ({ ...one, name: one.name.replace(/_median$/, '') }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/**
 * Google Benchmark writes `NaN` for the variation of what is always 0, which is no JSON.
 *
 * @param {string} text
 * @returns {{ benchmarks: (NativeResult & { aggregate_name?: string })[] }}
 */
function parsed(text) {
  return JSON.parse(text.replace(/: -?nan/gi, ': null'));
}

/** @param {string} line */
function progress(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * As tests/bench/wasm/run.ts has it, which is for browsers' types.
 *
 * @typedef {{ name: string, nanosecondsPerMessage: { median: number }, megabytesPerSecond: number }} WasmResult
 * @typedef {{ benchWasm: (rounds: number, progress: (line: string) => void) => Promise<readonly WasmResult[]> }} WasmBenchmark
 */

/** @param {number} rounds */
async function benchWasm(rounds) {
  const { createServer } = await import('vite');
  // For its module loader only, which must live on: the engine's parts are imported when it starts.
  const vite = await createServer({
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  try {
    const file = join(repositoryRoot, 'tests/bench/wasm/run.ts');
    const benchmark = /** @type {WasmBenchmark} */ (await vite.ssrLoadModule(file));
    return await benchmark.benchWasm(rounds, progress);
  } finally {
    await vite.close();
  }
}

/**
 * @param {NativeResult[]} native
 * @param {readonly WasmResult[]} wasm
 */
function tables(native, wasm) {
  const perMessage = (/** @type {NativeResult} */ { seconds_per_message, cpu_time }) =>
    (seconds_per_message === undefined ? cpu_time : seconds_per_message * 1e9).toFixed(0);
  return [
    '| natively | ns | MB/s | allocations per message |',
    '|---|---|---|---|',
    ...native.map((one) => {
      const { name, bytes_per_second: bytes, allocations_per_message: allocations } = one;
      const speed = bytes === undefined ? '' : (bytes / 1e6).toFixed(0);
      return `| ${name} | ${perMessage(one)} | ${speed} | ${allocations?.toFixed(4) ?? ''} |`;
    }),
    '',
    '| WebAssembly in Node, from the socket frame to the stored record | ns per message | MB/s |',
    '|---|---|---|',
    ...wasm.map(
      ({ name, nanosecondsPerMessage, megabytesPerSecond }) =>
        `| ${name} | ${nanosecondsPerMessage.median.toFixed(0)} | ${megabytesPerSecond.toFixed(0)} |`,
    ),
  ].join('\n');
}

/** @param {readonly string[]} args */
async function benchCore(args) {
  const rounds = readRounds(args);
  await setUp(['native', 'benchmarks']);
  await build(['engine']);
  mkdirSync(FOLDER, { recursive: true });
  const wasm = await benchWasm(rounds);
  const native = await benchNative(rounds);
  writeFileSync(join(repositoryRoot, RESULT_FILE), JSON.stringify({ native, wasm }, null, 2));
  console.log(`\n${tables(native, wasm)}\n\nAll figures: ${RESULT_FILE}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => benchCore(argv.slice(2)));
}
