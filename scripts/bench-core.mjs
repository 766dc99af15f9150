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
import { attempt } from './command.mjs';
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
 * @param {string} program
 * @param {readonly string[]} args
 */
async function run(program, args) {
  const { code } = await attempt(program, args, { cwd: repositoryRoot });
  if (code !== 0) throw new Problem(`${program} ${args.join(' ')} ended with ${code}.`);
}

/**
 * @param {number} rounds
 * @returns {Promise<NativeResult[]>} Medians.
 */
async function benchNative(rounds) {
  await run('cmake', ['--preset', 'release', '--log-level=WARNING']);
  await run('cmake', ['--build', '--preset', 'release', '--target', 'core_benchmarks']);
  const file = join(FOLDER, 'native.json');
  await run(join(repositoryRoot, 'build/release/tests/bench/core/core_benchmarks'), [
    '--benchmark_min_time=0.2',
    `--benchmark_repetitions=${rounds}`,
    '--benchmark_display_aggregates_only=true',
    '--benchmark_enable_random_interleaving=true',
    `--benchmark_out=${file}`,
  ]);
  const { benchmarks } = JSON.parse(readFileSync(file, 'utf8'));
  return benchmarks.filter(
    (/** @type {Record<string, unknown>} */ one) =>
      rounds === 1 || one['aggregate_name'] === 'median',
  );
}

/**
 * As tests/bench/wasm/run.ts has it, which is for browsers' types.
 *
 * @typedef {{ name: string, nanosecondsPerMessage: { median: number }, megabytesPerSecond: number }} WasmResult
 * @typedef {{ benchWasm: (rounds: number, progress: (line: string) => void) => Promise<readonly WasmResult[]> }} WasmBenchmark
 */

/** @param {number} rounds */
async function benchWasm(rounds) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(repositoryRoot, 'tests/bench/wasm/run.ts'), {
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
  });
  const benchmark = /** @type {WasmBenchmark} */ (module);
  return benchmark.benchWasm(rounds, (line) => process.stderr.write(`${line}\n`));
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
