import { createServer } from 'node:net';

import { Problem } from './problem.mjs';

/**
 * Reads a port number from the environment.
 *
 * @param {string} variable
 * @param {number} fallback
 * @param {NodeJS.ProcessEnv} [environment]
 * @throws {Problem}
 */
export function portFrom(variable, fallback, environment = process.env) {
  const text = environment[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Problem(`${variable} must be a port number from 1 to 65535, not "${text}".`);
}

/**
 * Whether nobody listens on this port of the loopback interface, by IPv4 or IPv6.
 *
 * @param {number} port
 */
export async function isPortFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    if ((await tryToListen(port, host)) === 'EADDRINUSE') return false;
  }
  return true;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the error's code; a machine may have no IPv6
 */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}
