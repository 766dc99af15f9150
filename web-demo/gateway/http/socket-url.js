/** What clients connect to. */

const LOOPBACK_AND_EVERY_ADDRESS = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'];

/**
 * @param {string} host
 * @param {number} port
 * @returns {string} With `localhost` for loopback addresses and for "every address".
 */
export function socketUrl(host, port) {
  return `ws://${nameOf(host)}:${port}/ws`;
}

/** @param {string} host */
function nameOf(host) {
  if (LOOPBACK_AND_EVERY_ADDRESS.includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
