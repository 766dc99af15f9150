/** Where NATS is, as `--bus` says it: one server, or several of a cluster separated by commas. */

import { OptionError } from '../../../options/options.js';

const RULE =
  'memory, or nats://[user:password@ or token@]host[:port], tls:// for an encrypted connection, several separated by commas';

/**
 * @typedef {object} NatsAddress
 * @property {string[]} servers Host and port of each.
 * @property {string} label For people, without what is secret.
 * @property {{ user?: string, pass?: string, token?: string, tls?: object }} connection
 */

/**
 * @param {string} text
 * @returns {NatsAddress}
 * @throws {OptionError}
 */
export function readNatsAddress(text) {
  const urls = text.split(',').map((one) => readServer(one.trim()));
  const [first] = /** @type {[URL]} */ (urls);
  const servers = urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`);
  const { username, password, protocol } = first;
  return {
    servers,
    label: `${protocol}//${servers.join(',')}`,
    connection: {
      ...(password !== ''
        ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
        : username !== ''
          ? { token: decodeURIComponent(username) }
          : {}),
      ...(protocol === 'tls:' ? { tls: {} } : {}),
    },
  };
}

/**
 * @param {string} text
 * @returns {URL}
 */
function readServer(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isNats = url !== null && ['nats:', 'tls:'].includes(url.protocol) && url.hostname !== '';
  if (isNats && ['', '/'].includes(url.pathname) && url.search === '') return url;
  // It may hold a password, so it is not repeated.
  throw new OptionError(`--bus is no address of NATS; allowed: ${RULE}`);
}
