/** The bus that the options ask for. Its packages are loaded only when it is NATS. */

import { loadNatsLibrary } from './nats/library.js';
import { readNatsAddress } from './nats/connection/address.js';
import { NatsBus } from './nats/nats-bus.js';

/** @typedef {import('./bus.js').Bus} Bus */

/**
 * @param {string} address `memory`, or where NATS is.
 * @param {import('../options/options.js').GatewayOptions} options
 * @returns {Promise<Bus | null>} Null is memory.
 * @throws {import('../options/options.js').OptionError}
 */
export async function createBus(address, options) {
  if (address === 'memory') return null;
  const nats = readNatsAddress(address);
  return new NatsBus(await loadNatsLibrary(), nats, options);
}
