/**
 * The packages of NATS, loaded when a gateway is started on it: who needs them has them, and the gateway
 * that comes with the package `civic-realtime` runs without.
 */

import { OptionError } from '../../options/options.js';

/**
 * @typedef {object} NatsLibrary
 * @property {typeof import('@nats-io/transport-node')} transport
 * @property {typeof import('@nats-io/jetstream')} jetstream
 * @property {typeof import('@nats-io/kv')} kv
 */

/** With which this was tested. */
const VERSION = '3.4.0';
const PACKAGES = ['transport-node', 'jetstream', 'kv'];

/**
 * @returns {Promise<NatsLibrary>}
 * @throws {OptionError} That says what to install.
 */
export async function loadNatsLibrary() {
  try {
    const [transport, jetstream, kv] = await Promise.all([
      import('@nats-io/transport-node'),
      import('@nats-io/jetstream'),
      import('@nats-io/kv'),
    ]);
    return { transport, jetstream, kv };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new OptionError(
      '--bus is nats, but its packages are not installed; allowed: after ' +
        `npm install ${PACKAGES.map((name) => `@nats-io/${name}@${VERSION}`).join(' ')}`,
    );
  }
}
