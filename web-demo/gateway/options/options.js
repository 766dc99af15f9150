/**
 * The gateway's options: one table for the command line and for `createGateway`. A bad value is one
 * sentence that names the option, the value and what is allowed.
 */

import { LOG_LEVELS } from '../logging/logger.js';
import { systemClock } from '../clock.js';

/** A bad option; the message is the whole story. */
export class OptionError extends Error {
  /** @override */
  name = 'OptionError';
}

/**
 * @typedef {object} GatewayOptions
 * @property {string} host
 * @property {number} port 0 takes a free port.
 * @property {string[]} allowOrigins
 * @property {string | null} requireToken
 * @property {number} tokenLifetimeSeconds Of tokens that do not state their end; 0 is no end.
 * @property {'v1' | 'v2'} dialect The newest that is spoken.
 * @property {number} authTimeoutMs
 * @property {number} heartbeatIntervalMs 0 sends none and never checks for dead peers.
 * @property {number} historySize
 * @property {number} newcomerEvents What a page gets of a stream it has no position in.
 * @property {number} streamEvents History of each stream.
 * @property {number} streamBytes History of each stream.
 * @property {number} streamMemoryBytes History of all streams together, in the memory of this gateway.
 * @property {number} streamAgeSeconds History in NATS; 0 has no end.
 * @property {number} streamDiskBytes History of all streams together in NATS; 0 is what NATS allows.
 * @property {number} streamReplicas How many servers of NATS have it.
 * @property {number} batchSize
 * @property {number} batchIntervalMs
 * @property {number} bufferLimitBytes
 * @property {number} maximumSubscriptions
 * @property {number} maximumConnections
 * @property {number} maximumMessageBytes
 * @property {number} maximumInFlight Messages a page has under way before it waits for an `ack`.
 * @property {string | null} logFile
 * @property {import('../logging/logger.js').LogLevel} logLevel
 * @property {number} logCapacity Published events kept in memory.
 * @property {'synthetic' | 'billstatus' | 'none'} feed
 * @property {number} rate Synthetic messages per second.
 * @property {number} bills Synthetic bills.
 * @property {number} people Simulated people, who comment, vote and type; 0 is none.
 * @property {number} seed
 * @property {string[]} billstatus Files or folders.
 * @property {number | 'max'} speed Days per second.
 * @property {boolean} loop
 * @property {number} waitForSubscribers
 * @property {boolean} paused
 * @property {number} shutdownTimeoutMs
 * @property {import('../clock.js').Clock} clock
 * @property {(line: string) => void} writeLog
 * @property {import('../bus/bus.js').Bus | null} bus Keeps and spreads events; null is memory.
 */

/** @type {Readonly<GatewayOptions>} */
export const DEFAULT_OPTIONS = Object.freeze({
  host: '127.0.0.1',
  port: 3001,
  allowOrigins: ['http://localhost:5173', 'http://localhost:3000'],
  requireToken: null,
  tokenLifetimeSeconds: 0,
  dialect: 'v2',
  authTimeoutMs: 5000,
  heartbeatIntervalMs: 30_000,
  historySize: 20,
  newcomerEvents: 100,
  streamEvents: 1000,
  streamBytes: 1024 * 1024,
  streamMemoryBytes: 128 * 1024 * 1024,
  streamAgeSeconds: 7 * 24 * 3600,
  streamDiskBytes: 1024 ** 3,
  streamReplicas: 1,
  batchSize: 1,
  batchIntervalMs: 50,
  bufferLimitBytes: 4 * 1024 * 1024,
  maximumSubscriptions: 1000,
  maximumConnections: 10_000,
  maximumMessageBytes: 1024 * 1024,
  maximumInFlight: 64,
  logFile: null,
  logLevel: 'info',
  logCapacity: 50_000,
  feed: 'synthetic',
  rate: 5,
  bills: 12,
  people: 24,
  seed: 1,
  billstatus: [],
  speed: 30,
  loop: false,
  waitForSubscribers: 0,
  paused: false,
  shutdownTimeoutMs: 1000,
  clock: systemClock,
  writeLog: (/** @type {string} */ line) => process.stderr.write(`${line}\n`),
  bus: null,
});

/** Numbers: what an error text calls the option, and its bounds. @type {Record<string, [string, number, number, 'whole' | 'any']>} */
const NUMBER_RULES = {
  port: ['--port', 0, 65_535, 'whole'],
  tokenLifetimeSeconds: ['--token-lifetime', 0, 31_536_000, 'any'],
  authTimeoutMs: ['authTimeoutMs', 1, 600_000, 'whole'],
  heartbeatIntervalMs: ['--heartbeat-interval', 0, 3_600_000, 'whole'],
  historySize: ['--history', 0, 1000, 'whole'],
  newcomerEvents: ['--newcomer-events', 0, 100_000, 'whole'],
  streamEvents: ['--stream-events', 0, 1_000_000, 'whole'],
  streamBytes: ['--stream-bytes', 0, 1024 ** 3, 'whole'],
  streamMemoryBytes: ['--stream-memory', 0, 64 * 1024 ** 3, 'whole'],
  streamAgeSeconds: ['--stream-age', 0, 10 * 365 * 24 * 3600, 'whole'],
  streamDiskBytes: ['--stream-disk', 0, 1024 ** 5, 'whole'],
  streamReplicas: ['--stream-replicas', 1, 5, 'whole'],
  batchSize: ['--batch', 1, 1000, 'whole'],
  batchIntervalMs: ['--batch-interval', 1, 60_000, 'whole'],
  bufferLimitBytes: ['--buffer-limit', 0, 1024 ** 3, 'whole'],
  maximumSubscriptions: ['--max-subscriptions', 1, 1_000_000, 'whole'],
  maximumConnections: ['--max-connections', 1, 1_000_000, 'whole'],
  maximumInFlight: ['--max-in-flight', 1, 10_000, 'whole'],
  maximumMessageBytes: ['maximumMessageBytes', 1024, 64 * 1024 ** 2, 'whole'],
  logCapacity: ['logCapacity', 0, 10_000_000, 'whole'],
  rate: ['--rate', 0, 1_000_000, 'any'],
  bills: ['--bills', 1, 10_000, 'whole'],
  people: ['--people', 0, 1000, 'whole'],
  seed: ['--seed', 0, 4_294_967_295, 'whole'],
  waitForSubscribers: ['--wait-for-subscribers', 0, 1_000_000, 'whole'],
  shutdownTimeoutMs: ['shutdownTimeoutMs', 0, 60_000, 'whole'],
};

/**
 * @param {Partial<GatewayOptions>} given
 * @returns {GatewayOptions} Complete and checked.
 * @throws {OptionError}
 */
export function resolveOptions(given) {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(DEFAULT_OPTIONS, name)) {
      throw new OptionError(
        `${name} is not an option; allowed: ${Object.keys(DEFAULT_OPTIONS).join(', ')}`,
      );
    }
  }
  const defined = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  /** @type {GatewayOptions} */
  const options = { ...DEFAULT_OPTIONS, ...defined };
  if (options.billstatus.length > 0 && given.feed === undefined) options.feed = 'billstatus';
  for (const [name, [flag, minimum, maximum, kind]] of Object.entries(NUMBER_RULES)) {
    checkNumber(flag, /** @type {any} */ (options)[name], minimum, maximum, kind);
  }
  options.allowOrigins.forEach(checkOrigin);
  if (
    options.speed !== 'max' &&
    !(Number.isFinite(options.speed) && options.speed > 0 && options.speed <= 100_000)
  ) {
    throw new OptionError(
      `--speed is ${options.speed}; allowed: days per second above 0 and at most 100000, or max`,
    );
  }
  checkChoice('--log-level', options.logLevel, LOG_LEVELS);
  checkChoice('--dialect', options.dialect, ['v1', 'v2']);
  checkChoice('--feed', options.feed, ['synthetic', 'billstatus', 'none']);
  if (options.feed === 'billstatus' && options.billstatus.length === 0) {
    throw new OptionError(
      '--feed is billstatus but no file is given; allowed: --billstatus with at least one file or folder',
    );
  }
  if (options.feed !== 'billstatus' && options.billstatus.length > 0) {
    throw new OptionError(
      `--feed is ${options.feed} but --billstatus is given; allowed: one of the two`,
    );
  }
  if (options.requireToken === '') {
    throw new OptionError('--require-token is empty; allowed: a text of at least one character');
  }
  return options;
}

/**
 * @param {string} flag
 * @param {unknown} value
 * @param {number} minimum
 * @param {number} maximum
 * @param {'whole' | 'any'} kind
 */
function checkNumber(flag, value, minimum, maximum, kind) {
  const isNumber =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (kind === 'any' || Number.isInteger(value));
  if (isNumber && value >= minimum && value <= maximum) return;
  const noun = kind === 'whole' ? 'a whole number' : 'a number';
  throw new OptionError(`${flag} is ${value}; allowed: ${noun} from ${minimum} to ${maximum}`);
}

/**
 * @param {string} flag
 * @param {string} value
 * @param {readonly string[]} choices
 */
function checkChoice(flag, value, choices) {
  if (choices.includes(value)) return;
  throw new OptionError(`${flag} is ${value}; allowed: ${choices.join(', ')}`);
}

/** @param {string} origin */
function checkOrigin(origin) {
  if (origin === '*') return;
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === origin.toLowerCase()) return;
  throw new OptionError(
    `--allow-origin is ${origin}; allowed: scheme, host and port such as http://localhost:5173, or * for every origin`,
  );
}
