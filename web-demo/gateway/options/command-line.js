/** The command line, as options for `createGateway`. Bad input is one sentence; see `options.js`. */

import { Command, CommanderError } from 'commander';
import { DEFAULT_OPTIONS, OptionError } from './options.js';

/** @typedef {Partial<import('./options.js').GatewayOptions> & { busAddress?: string }} GivenOptions */

const defaults = DEFAULT_OPTIONS;

/**
 * @param {string[]} argumentList Without node and the script.
 * @param {Record<string, string | undefined>} environment
 * @param {(text: string) => void} [write] Takes the help text.
 * @returns {GivenOptions | null} Null when help was asked for and given.
 * @throws {OptionError}
 */
export function readCommandLine(
  argumentList,
  environment,
  write = (text) => process.stdout.write(text),
) {
  const command = new Command('gateway')
    .description(
      'Reference gateway for civic-realtime: WebSocket at /ws, POST /publish, GET /bills, /health, /log, /stats.\n\n' +
        'Without --billstatus it publishes simulated legislation, discussed by simulated people; ' +
        'with it, the real history of real bills.\n\n' +
        'While the simulation runs, POST /rate {"updates_per_second": n} from this machine sets --rate ' +
        'anew, from 1 to 50000; GET /stats shows what is achieved.',
    )
    .option(
      '--port <number>',
      `port, 0 takes a free one; default: environment GATEWAY_PORT, or ${defaults.port}`,
    )
    .option('--host <address>', `address to listen on, default ${defaults.host}`)
    .option(
      '--allow-origin <origin>',
      `origin of pages that may connect, repeatable, * for all; default ${defaults.allowOrigins.join(' ')} (and 127.0.0.1)`,
      collect,
    )
    .option(
      '--require-token <token>',
      'clients must show this token; default: environment GATEWAY_TOKEN, or none',
    )
    .option(
      '--token-lifetime <seconds>',
      'how long a token is good from when it is first shown, 0 for ever; one that says ~exp=SECONDS ends then; default 0',
    )
    .option(
      '--dialect <name>',
      `the newest dialect that is spoken, v1 or v2; v1 gives no delivery guarantees; default ${defaults.dialect}`,
    )
    .option(
      '--heartbeat-interval <ms>',
      `milliseconds between heartbeats, 0 for none; default ${defaults.heartbeatIntervalMs}`,
    )
    .option(
      '--history <updates>',
      `updates of a bill sent to whoever subscribes to it in v1, 0 for none; default ${defaults.historySize}`,
    )
    .option(
      '--newcomer-events <number>',
      `newest events of a stream sent to whoever subscribes in v2 without a position; default ${defaults.newcomerEvents}`,
    )
    .option(
      '--stream-events <number>',
      `events of a stream kept for pages that come back; default ${defaults.streamEvents}`,
    )
    .option(
      '--stream-bytes <bytes>',
      `bytes of a stream kept for pages that come back; default ${defaults.streamBytes}`,
    )
    .option(
      '--stream-memory <bytes>',
      `bytes of all streams together, the quietest give way; default ${defaults.streamMemoryBytes}`,
    )
    .option(
      '--bus <address>',
      'where streams are: memory, or nats://[user:password@]host:port of NATS with JetStream, several of a cluster separated by commas; default: environment GATEWAY_BUS, or memory. With NATS nothing is simulated unless --feed says so',
    )
    .option(
      '--stream-age <seconds>',
      `how long NATS keeps events, 0 without end; default ${defaults.streamAgeSeconds}`,
    )
    .option(
      '--stream-disk <bytes>',
      `bytes of all streams that NATS keeps, the oldest give way, 0 for as much as it allows; default ${defaults.streamDiskBytes}`,
    )
    .option(
      '--stream-replicas <number>',
      `servers of NATS that each keep everything, 1, 3 or 5; default ${defaults.streamReplicas}`,
    )
    .option(
      '--batch <events>',
      `events grouped in one frame, 1 sends each alone; default ${defaults.batchSize}`,
    )
    .option(
      '--batch-interval <ms>',
      `milliseconds an incomplete group waits; default ${defaults.batchIntervalMs}`,
    )
    .option(
      '--buffer-limit <bytes>',
      `waiting bytes above which a client is slow: in v1 it gets only the newest state of each bill, in v2 what it missed as it reads, or a gap; default ${defaults.bufferLimitBytes}`,
    )
    .option(
      '--max-subscriptions <number>',
      `subscriptions of one connection; default ${defaults.maximumSubscriptions}`,
    )
    .option(
      '--max-connections <number>',
      `more are closed with 1013 and told when to come back; default ${defaults.maximumConnections}`,
    )
    .option(
      '--max-in-flight <number>',
      `messages a page may have under way in v2; default ${defaults.maximumInFlight}`,
    )
    .option(
      '--log-file <file>',
      'append every published event to this file before it is sent, one JSON line {topic, epoch, seq, message} each',
    )
    .option('--log-level <level>', `silent, error, info or debug; default ${defaults.logLevel}`)
    .option('--feed <name>', 'synthetic (simulated), billstatus, or none; default synthetic')
    .option('--rate <number>', `simulated updates of bills per second; default ${defaults.rate}`)
    .option('--bills <number>', `simulated bills; default ${defaults.bills}`)
    .option(
      '--people <number>',
      `simulated people who comment, vote and type at a pace of their own, 0 for none; default ${defaults.people}`,
    )
    .option('--seed <number>', `the same seed gives the same simulation; default ${defaults.seed}`)
    .option('--billstatus <path...>', 'replay BILLSTATUS XML files, or folders with them')
    .option('--speed <days>', `days of history per second, or max; default ${defaults.speed}`)
    .option('--loop', 'start the replay again at its end')
    .option(
      '--wait-for-subscribers <number>',
      'start the feed when this many bills are subscribed to, over all clients (* counts for every bill)',
    )
    .option('--paused', 'start the feed only on POST /feed/start')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {} });
  try {
    command.parse(argumentList, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new OptionError(
      `${error.message.replace(/^error: /, '').replace(/\s+/g, ' ')}; allowed: what --help lists`,
    );
  }
  return toOptions(command.opts(), environment);
}

/**
 * @param {Record<string, any>} given
 * @param {Record<string, string | undefined>} environment
 * @returns {GivenOptions}
 */
function toOptions(given, environment) {
  const fromEnvironment =
    given.port === undefined && environment.GATEWAY_PORT ? environment.GATEWAY_PORT : undefined;
  const port = given.port ?? fromEnvironment;
  if (fromEnvironment !== undefined && !isNumber(fromEnvironment)) {
    throw new OptionError(
      `environment GATEWAY_PORT is ${fromEnvironment}; allowed: a whole number from 0 to 65535`,
    );
  }
  const token = given.requireToken ?? environment.GATEWAY_TOKEN;
  /** @type {Record<string, unknown>} */
  const options = {
    host: given.host,
    port: number('--port', port),
    allowOrigins: given.allowOrigin,
    requireToken: token === '' && given.requireToken === undefined ? undefined : token,
    tokenLifetimeSeconds: number('--token-lifetime', given.tokenLifetime),
    dialect: given.dialect,
    heartbeatIntervalMs: number('--heartbeat-interval', given.heartbeatInterval),
    historySize: number('--history', given.history),
    newcomerEvents: number('--newcomer-events', given.newcomerEvents),
    streamEvents: number('--stream-events', given.streamEvents),
    streamBytes: number('--stream-bytes', given.streamBytes),
    streamMemoryBytes: number('--stream-memory', given.streamMemory),
    streamAgeSeconds: number('--stream-age', given.streamAge),
    streamDiskBytes: number('--stream-disk', given.streamDisk),
    streamReplicas: number('--stream-replicas', given.streamReplicas),
    busAddress: given.bus ?? (environment.GATEWAY_BUS || undefined),
    batchSize: number('--batch', given.batch),
    batchIntervalMs: number('--batch-interval', given.batchInterval),
    bufferLimitBytes: number('--buffer-limit', given.bufferLimit),
    maximumSubscriptions: number('--max-subscriptions', given.maxSubscriptions),
    maximumConnections: number('--max-connections', given.maxConnections),
    maximumInFlight: number('--max-in-flight', given.maxInFlight),
    logFile: given.logFile,
    logLevel: given.logLevel,
    feed: given.feed,
    rate: number('--rate', given.rate),
    bills: number('--bills', given.bills),
    people: number('--people', given.people),
    seed: number('--seed', given.seed),
    billstatus: given.billstatus,
    speed: given.speed === 'max' ? 'max' : number('--speed', given.speed),
    loop: given.loop,
    waitForSubscribers: number('--wait-for-subscribers', given.waitForSubscribers),
    paused: given.paused,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/**
 * @param {string} value
 * @param {string[]} [previous]
 */
function collect(value, previous = []) {
  return [...previous, value];
}

/** @param {string} text */
function isNumber(text) {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/**
 * @param {string} flag
 * @param {string | undefined} text
 * @returns {number | undefined}
 */
function number(flag, text) {
  if (text === undefined) return undefined;
  if (isNumber(text)) return Number(text);
  const allowed = flag === '--speed' ? 'a number of days per second, or max' : 'a number';
  throw new OptionError(`${flag} is ${text === '' ? 'empty' : text}; allowed: ${allowed}`);
}
