/** A gateway from a command line's arguments; SIGINT and SIGTERM end it in order. */

import { createBus } from './bus/create-bus.js';
import { createGateway } from './gateway.js';
import { readCommandLine } from './options/command-line.js';
import { OptionError, resolveOptions } from './options/options.js';

/** @param {unknown} error */
function fail(error) {
  const text =
    error instanceof OptionError
      ? error.message
      : String(/** @type {any} */ (error)?.stack ?? error);
  process.stderr.write(`gateway: ${text}\n`);
  process.exitCode = 1;
}

/**
 * @param {import('./options/command-line.js').GivenOptions} given
 * @returns {Promise<Partial<import('./options/options.js').GatewayOptions>>}
 */
async function withBus({ busAddress = 'memory', ...given }) {
  const bus = await createBus(busAddress, resolveOptions(given));
  // Several gateways that simulate would tell of several worlds.
  const feed = bus !== null && given.billstatus === undefined ? (given.feed ?? 'none') : given.feed;
  return feed === undefined ? { ...given, bus } : { ...given, bus, feed };
}

/**
 * Resolves when it is ready, or has said why it cannot be.
 *
 * @param {string[]} argumentList
 * @param {NodeJS.ProcessEnv} environment
 */
export async function runGateway(argumentList, environment) {
  try {
    const options = readCommandLine(argumentList, environment);
    if (options === null) return;
    const gateway = createGateway(await withBus(options));
    let stopping = false;
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.on(signal, () => {
        if (stopping) process.exit(1);
        stopping = true;
        gateway.stop().then(() => process.exit(0), fail);
      });
    }
    const { url } = await gateway.start();
    process.stdout.write(`gateway ready: ${url} (${gateway.describeFeed()})\n`);
  } catch (error) {
    fail(error);
  }
}
