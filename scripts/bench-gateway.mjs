/**
 * Measures what it costs gateways to tell one publisher's events to many subscribers: a table on the screen,
 * everything in build/bench/gateway.json. Figures never fail it.
 *
 *   npm run bench:gateway [-- --subscribers 250 --subscribers 1000 --events 400 --idle 2000]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';

const RESULT_FILE = 'build/bench/gateway.json';

/** @typedef {import('../tests/bench/gateway/run.js').Result} Result */

/**
 * @param {readonly string[]} args
 * @throws {Problem} naming what there is
 */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        subscribers: { type: 'string', multiple: true, default: ['250', '500', '1000'] },
        events: { type: 'string', default: '400' },
        idle: { type: 'string', default: '2000' },
      },
    });
    return {
      subscribers: values.subscribers.map((one) => count('subscribers', one)),
      events: count('events', values.events),
      idle: count('idle', values.idle),
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${/** @type {Error} */ (error).message}\nThe options are --subscribers, --events and --idle.`,
    );
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function count(name, value) {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new Problem(`--${name} is ${value}; allowed is a whole number from 1.`);
}

/** @param {readonly Result[]} results */
function tableOf(results) {
  const rows = results.map((result) => [
    result.bus,
    result.gateways,
    result.subscribers,
    result.deliveriesPerSecond.toLocaleString('en'),
    result.groupedMicroseconds,
    result.aloneMicroseconds,
    result.natsCoreMicroseconds || '',
    result.p50Ms,
    result.p99Ms,
  ]);
  const header = [
    ...['bus', 'gateways', 'subscribers', 'deliveries/s', 'gateway µs each, in groups of 20'],
    ...['gateway µs each, alone', 'NATS µs per event', 'p50 ms', 'p99 ms'],
  ];
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {readonly string[]} args */
async function bench(args) {
  const options = readOptions(args);
  await setUp(['scale']);
  const { runGatewayBenchmark } = await import('../tests/bench/gateway/run.js');
  const { results, idle } = await runGatewayBenchmark({
    ...options,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  const machine = {
    processor: cpus()[0]?.model.trim(),
    cores: cpus().length,
    node: process.version,
  };
  const file = join(repositoryRoot, RESULT_FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, results, idle }, null, 2)}\n`);
  console.log(`\n${tableOf(results)}\n
An idle connection costs a gateway ${idle.bytesEach.toLocaleString('en')} bytes, one that follows a bill ${idle.bytesEachSubscribed.toLocaleString('en')} (of ${idle.connections}).
All figures: ${RESULT_FILE}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => bench(argv.slice(2)));
}
