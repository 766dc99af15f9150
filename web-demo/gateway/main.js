#!/usr/bin/env node
/** Starts the gateway from the command line; SIGINT and SIGTERM end it in order. */

import { createGateway } from './gateway.js';
import { readCommandLine } from './command-line.js';
import { OptionError } from './options.js';

/** @param {unknown} error */
function fail(error) {
  const text =
    error instanceof OptionError
      ? error.message
      : String(/** @type {any} */ (error)?.stack ?? error);
  process.stderr.write(`gateway: ${text}\n`);
  process.exitCode = 1;
}

try {
  const options = readCommandLine(process.argv.slice(2), process.env);
  if (options !== null) {
    const gateway = createGateway(options);
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
  }
} catch (error) {
  fail(error);
}
