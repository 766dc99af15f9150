/**
 * The reference gateway in a process of its own, publishing what its parent asks for. The parent
 * names the page's origin as the one argument and talks over the channel `fork` makes.
 *
 * @typedef {{ kind: 'publish', first: number, count: number, bills: number, rate: number | null }
 *   | { kind: 'stats' }} Request `rate` in messages per second; null is as fast as clients take them.
 * @typedef {{ subscriptions: number, dropped: number }} Stats
 */

import { setTimeout as delay } from 'node:timers/promises';

import { createGateway } from '../../../web-demo/gateway/gateway.js';
import { billUpdate } from './messages.js';

const PACE_MS = 1;

const gateway = createGateway({
  port: 0,
  feed: 'none',
  historySize: 0,
  logCapacity: 0,
  heartbeatIntervalMs: 0,
  logLevel: 'error',
  allowOrigins: process.argv.slice(2),
});

/**
 * @param {Record<string, unknown>[]} messages
 * @param {number} rate
 */
async function publishPaced(messages, rate) {
  const started = performance.now();
  for (let published = 0; published < messages.length;) {
    await delay(PACE_MS);
    const due = Math.min(((performance.now() - started) / 1000) * rate, messages.length);
    while (published < due) gateway.publish(messages[published++]);
  }
}

/**
 * @param {Request} request
 * @returns {Promise<Stats>}
 */
async function serve(request) {
  if (request.kind === 'publish') {
    const { first, count, bills, rate } = request;
    const messages = Array.from({ length: count }, (_, index) => billUpdate(first + index, bills));
    await (rate === null ? gateway.publishAll(messages) : publishPaced(messages, rate));
  }
  const { subscriptions, dropped } = gateway.stats();
  return { subscriptions, dropped };
}

process.on('message', (request) => {
  void serve(/** @type {Request} */ (request)).then((stats) => process.send?.(stats));
});
// The parent is gone.
process.on('disconnect', () => process.exit());

const { url } = await gateway.start();
process.send?.(url);
