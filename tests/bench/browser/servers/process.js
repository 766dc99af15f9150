/**
 * The servers of all subjects in one process of their own, publishing what the parent asks for. The parent
 * names the page's origin as the one argument and talks over the channel `fork` makes.
 *
 * @typedef {object} PublishRequest
 * @property {'publish'} kind
 * @property {ServerName} server
 * @property {number} first Index of the first message.
 * @property {number} count
 * @property {import('./messages.js').MessageForm} form
 * @property {number | null} rate Messages per second at most; null is as fast as the client takes them.
 *
 * @typedef {keyof typeof servers} ServerName
 * @typedef {PublishRequest | { kind: 'stats', server: ServerName }} Request
 * @typedef {{ subscriptions: number, dropped: number }} Stats
 */

import { setTimeout as delay } from 'node:timers/promises';

import { CentrifugeServer } from './centrifuge-server.js';
import { GatewayServer } from './gateway-server.js';
import { billUpdate } from './messages.js';
import { SocketIoServer } from './socket-io-server.js';

const PACE_MS = 1;
const CHUNK = 64;

const [origin = ''] = process.argv.slice(2);

const servers = {
  gateway: new GatewayServer(origin, 1),
  /** The same with 50 events in a `batch` frame. */
  'gateway-batches': new GatewayServer(origin, 50),
  'socket.io': new SocketIoServer(origin),
  centrifuge: new CentrifugeServer(),
};

/** @param {PublishRequest} request */
async function publish({ server, first, count, form, rate }) {
  const chosen = servers[server];
  const started = performance.now();
  for (let published = 0; published < count;) {
    let due = published + CHUNK;
    if (rate !== null) {
      await delay(PACE_MS);
      due = Math.floor(((performance.now() - started) / 1000) * rate);
    }
    const last = Math.min(due, count);
    /** @type {Record<string, unknown>[]} */
    const messages = [];
    for (; published < last; published += 1) messages.push(billUpdate(first + published, form));
    await chosen.publish(messages);
  }
}

/**
 * @param {Request} request
 * @returns {Promise<Stats>}
 */
async function serve(request) {
  if (request.kind === 'publish') await publish(request);
  return servers[request.server].stats();
}

process.on('message', (request) => {
  void serve(/** @type {Request} */ (request)).then((stats) => process.send?.(stats));
});
// The parent is gone.
process.on('disconnect', () => process.exit());

/** @type {Record<string, string>} */
const urls = {};
for (const [name, server] of Object.entries(servers)) urls[name] = await server.start();
process.send?.(urls);
