/**
 * What it costs gateways to tell one publisher's events to many subscribers: with streams in memory and in
 * NATS, at one gateway and at two. Everything runs on this machine, so latencies contain the time that pages,
 * publisher, gateways and NATS wait for a processor; processor time does not.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from './child.js';

const gatewayScript = fileURLToPath(new URL('../../../web-demo/gateway/main.js', import.meta.url));
const subscribersScript = fileURLToPath(new URL('subscribers.js', import.meta.url));

/** The streams of one round of events, so that nothing of another is in it. */
let nextBill = 1;

/**
 * @typedef {object} Options
 * @property {number[]} subscribers
 * @property {number} events Told to everybody as fast as they take them, in groups.
 * @property {number} idle Connections whose memory is measured.
 * @property {(line: string) => void} progress
 */

/**
 * @typedef {object} Result
 * @property {'memory' | 'nats'} bus
 * @property {number} gateways
 * @property {number} subscribers
 * @property {number} deliveriesPerSecond As fast as it goes on this machine, with everything on it.
 * @property {number} groupedMicroseconds A gateway's processor time for each delivery, of events in groups.
 * @property {number} aloneMicroseconds The same of events that come one at a time, each a packet of its own.
 * @property {number} natsCoreMicroseconds NATS's processor time for each event; 0 without it.
 * @property {number} p50Ms Of single events, quietly.
 * @property {number} p99Ms
 */

const GROUP = 20;
const QUIET_EVENTS = 100;
const QUIET_INTERVAL_MS = 20;
const WARM_UP_EVENTS = 40;

/**
 * @param {Options} options
 * @returns {Promise<{ results: Result[], idle: { connections: number, bytesEach: number, bytesEachSubscribed: number } }>}
 */
export async function runGatewayBenchmark({ subscribers, events, idle, progress }) {
  /** @type {Result[]} */
  const results = [];
  for (const { bus, gateways } of /** @type {const} */ ([
    { bus: 'memory', gateways: 1 },
    { bus: 'nats', gateways: 1 },
    { bus: 'nats', gateways: 2 },
  ])) {
    const world = await startWorld(bus, gateways);
    try {
      for (const count of subscribers) {
        progress(`${bus}, ${gateways} gateway(s), ${count} subscribers …`);
        results.push({
          bus,
          gateways,
          subscribers: count,
          ...(await measure(world, count, events)),
        });
      }
    } finally {
      await world.stop();
    }
  }
  progress(`memory of ${idle} idle connections …`);
  return { results, idle: await measureIdle(idle) };
}

/**
 * @typedef {object} World
 * @property {Child[]} gateways
 * @property {Child | null} nats
 * @property {string[]} httpUrls
 * @property {string[]} urls
 * @property {() => Promise<void>} stop
 */

/**
 * @param {'memory' | 'nats'} bus
 * @param {number} count
 * @returns {Promise<World>}
 */
async function startWorld(bus, count) {
  const folder = mkdtempSync(join(tmpdir(), 'civic-bench-'));
  const natsPort = await freePort();
  const nats =
    bus === 'nats'
      ? Child.running('nats-server', [
          ...['--addr', '127.0.0.1', '--port', String(natsPort), '--log', join(folder, 'log')],
          ...['--jetstream', '--store_dir', folder],
        ])
      : null;
  const address = nats === null ? 'memory' : `nats://127.0.0.1:${natsPort}`;
  /** @type {number[]} */
  const ports = [];
  /** @type {Child[]} */
  const gateways = [];
  for (let index = 0; index < count; index += 1) {
    const port = await freePort();
    ports.push(port);
    gateways.push(
      Child.running(process.execPath, [
        ...[gatewayScript, '--port', String(port), '--bus', address, '--feed', 'none'],
        ...['--log-level', 'error', '--heartbeat-interval', '0'],
        ...['--max-connections', '100000'],
      ]),
    );
  }
  const httpUrls = ports.map((port) => `http://127.0.0.1:${port}`);
  for (const url of httpUrls) await untilHealthy(url);
  return {
    gateways,
    nats,
    httpUrls,
    urls: ports.map((port) => `ws://127.0.0.1:${port}/ws`),
    async stop() {
      for (const child of [...gateways, ...(nats === null ? [] : [nats])]) await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * @param {World} world
 * @param {number} count
 * @param {number} events
 */
async function measure({ gateways, nats, httpUrls, urls }, count, events) {
  const billId = nextBill++;
  const pages = Child.talking(subscribersScript);
  const [publishing = ''] = httpUrls;
  try {
    await pages.ask({ kind: 'open', urls, count, topic: `bill:${billId}` });
    await deliver(pages, publishing, billId, WARM_UP_EVENTS);
    const before = sum(gateways.map(({ processorSeconds }) => processorSeconds));
    const natsBefore = nats?.processorSeconds ?? 0;
    const started = performance.now();
    for (let published = 0; published < events; published += GROUP)
      await deliver(pages, publishing, billId, GROUP);
    const seconds = (performance.now() - started) / 1000;
    const used = sum(gateways.map(({ processorSeconds }) => processorSeconds)) - before;
    const natsUsed = (nats?.processorSeconds ?? 0) - natsBefore;
    /** @type {number[]} */
    const latencies = [];
    const quietBefore = sum(gateways.map(({ processorSeconds }) => processorSeconds));
    for (let event = 0; event < QUIET_EVENTS; event += 1) {
      latencies.push(...(await deliver(pages, publishing, billId, 1)));
      await new Promise((resolve) => setTimeout(resolve, QUIET_INTERVAL_MS));
    }
    const quietUsed = sum(gateways.map(({ processorSeconds }) => processorSeconds)) - quietBefore;
    latencies.sort((a, b) => a - b);
    const deliveries = events * count;
    return {
      deliveriesPerSecond: Math.round(deliveries / seconds),
      groupedMicroseconds: microseconds(used / deliveries),
      aloneMicroseconds: microseconds(quietUsed / (QUIET_EVENTS * count)),
      natsCoreMicroseconds: Math.round((natsUsed / events) * 1e6),
      p50Ms: at(latencies, 0.5),
      p99Ms: at(latencies, 0.99),
    };
  } finally {
    await pages.stop();
  }
}

/**
 * @param {Child} pages
 * @param {string} httpUrl
 * @param {number} billId
 * @param {number} count
 * @returns {Promise<number[]>} How long each delivery took, in milliseconds.
 */
async function deliver(pages, httpUrl, billId, count) {
  const received = pages.ask({ kind: 'begin', events: count });
  const sentMs = performance.timeOrigin + performance.now();
  const messages = Array.from({ length: count }, () => ({
    type: 'bill_update',
    bill_id: billId,
    update: {
      type: 'status_change',
      data: { sentMs, newStatus: 'committee', note: 'x'.repeat(60) },
    },
  }));
  const response = await fetch(`${httpUrl}/publish`, {
    method: 'POST',
    body: JSON.stringify(messages),
  });
  if (response.status !== 200) throw new Error(`/publish answered ${response.status}`);
  await response.arrayBuffer();
  return (await received).latenciesMs;
}

/** @param {number} connections */
async function measureIdle(connections) {
  const bytes = [];
  for (const topic of [null, 'bill:1']) {
    const world = await startWorld('memory', 1);
    const pages = Child.talking(subscribersScript);
    try {
      const [gateway] = /** @type {[Child]} */ (world.gateways);
      await pages.ask({ kind: 'open', urls: world.urls, count: 50, topic });
      const before = gateway.memoryBytes;
      await pages.ask({ kind: 'open', urls: world.urls, count: connections, topic });
      bytes.push(Math.round((gateway.memoryBytes - before) / connections));
    } finally {
      await pages.stop();
      await world.stop();
    }
  }
  const [bytesEach = 0, bytesEachSubscribed = 0] = bytes;
  return { connections, bytesEach, bytesEachSubscribed };
}

/** @param {string} httpUrl */
async function untilHealthy(httpUrl) {
  for (;;) {
    const response = await fetch(`${httpUrl}/health`).catch(() => null);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} seconds */
function microseconds(seconds) {
  return Math.round(seconds * 1e7) / 10;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

/**
 * @param {number[]} sorted
 * @param {number} share
 */
function at(sorted, share) {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return Math.round(value * 10) / 10;
}
