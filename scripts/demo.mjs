/**
 * Starts the gateway and the demo page, building whatever is missing, until it is interrupted.
 *
 *   npm run demo [-- <gateway options>]      DEMO_PORT=5173 GATEWAY_PORT=3001
 *   npm run demo -- --scale                  two gateways on NATS, and a page at each
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { answersHttp, answersWebSocket, untilAnswered } from './answer.mjs';
import { build } from './build.mjs';
import { run } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { isPortFree, portFrom } from './port.mjs';
import { Problem, runScript } from './problem.mjs';
import { ServerProcess } from './server-process.mjs';
import { setUp } from './setup.mjs';

const PROTOCOL = 'civic-engagement-v1';
const START_TIMEOUT_MS = 30_000;
const NATS_PORT = 4222;
const DEFAULT_PORTS = { page: 5173, gateway: 3001 };

const gatewayScript = join(repositoryRoot, 'web-demo/gateway/main.js');
const pageScript = join(repositoryRoot, 'web-demo/serve.js');

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ page: number, gateway: number }>}
 * @throws {Problem} naming the port that cannot be used
 */
export async function choosePorts(environment) {
  const page = portFrom('DEMO_PORT', DEFAULT_PORTS.page, environment);
  const gateway = portFrom('GATEWAY_PORT', DEFAULT_PORTS.gateway, environment);
  if (page === gateway) {
    throw new Problem(`DEMO_PORT and GATEWAY_PORT are both ${page}; they have to differ.`);
  }
  const free = { page: await isPortFree(page), gateway: await isPortFree(gateway) };
  if (free.page && free.gateway) return { page, gateway };
  const busy = [
    ...(free.page ? [] : [`port ${page}, for the demo page,`]),
    ...(free.gateway ? [] : [`port ${gateway}, for the gateway,`]),
  ].join(' and ');
  const otherPage = free.page ? page : await freePortAfter(page, [gateway]);
  const otherGateway = free.gateway ? gateway : await freePortAfter(gateway, [page, otherPage]);
  throw new Problem(
    `In use by another program: ${busy} so choose another one, for example with ` +
      `DEMO_PORT=${otherPage} GATEWAY_PORT=${otherGateway} npm run demo`,
  );
}

/**
 * @param {number} port
 * @param {readonly number[]} taken
 */
async function freePortAfter(port, taken) {
  for (let candidate = port + 1; candidate < 65536; candidate += 1) {
    if (!taken.includes(candidate) && (await isPortFree(candidate))) return candidate;
  }
  return port - 1;
}

/** @param {readonly string[]} gatewayOptions */
export function checkGatewayOptions(gatewayOptions) {
  if (gatewayOptions.some((option) => /^--port(=|$)/.test(option))) {
    throw new Problem('The port of the gateway is set by GATEWAY_PORT, not by --port.');
  }
}

/**
 * A gateway and the page that is connected to it.
 *
 * @param {{ page: number, gateway: number }} ports
 * @param {string} number what tells several apart
 * @param {readonly string[]} gatewayOptions
 */
function startPair(ports, number, gatewayOptions) {
  const pageUrl = `http://localhost:${ports.page}`;
  const gatewayUrl = `ws://localhost:${ports.gateway}/ws`;
  const gateway = new ServerProcess(
    `gateway${number}`,
    [
      gatewayScript,
      ...['--port', String(ports.gateway), '--allow-origin', pageUrl],
      ...['--allow-origin', `http://127.0.0.1:${ports.page}`],
      ...gatewayOptions,
    ],
    // Paths among the options are relative to where the user stands.
    { cwd: process.env.INIT_CWD ?? process.cwd() },
  );
  const page = new ServerProcess(
    `page${number}`,
    [pageScript, '--port', String(ports.page), '--gateway', gatewayUrl],
    { cwd: repositoryRoot },
  );
  return { pageUrl, gatewayUrl, gateway, page };
}

/**
 * @param {string} folder where it stores events
 * @param {number} port
 */
function startNats(folder, port) {
  const args = [
    ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
  ];
  return new ServerProcess('nats', args, {
    cwd: repositoryRoot,
    program: 'nats-server',
    // It says a page of what it is set to.
    write: (line) => {
      if (/\[(WRN|ERR|FTL)\]/.test(line)) process.stderr.write(`${line}\n`);
    },
  });
}

/** @param {readonly string[]} options */
async function demo(options) {
  if (options.includes('--help')) return explain();
  const interruption = interrupted();
  const isScaled = options.includes('--scale');
  const gatewayOptions = options.filter((option) => option !== '--scale');
  checkGatewayOptions(gatewayOptions);
  const ports = await choosePorts(process.env);
  if (isScaled) await setUp(['scale']);
  await Promise.race([build(), interruption]);

  const folder = isScaled ? mkdtempSync(join(tmpdir(), 'civic-demo-')) : null;
  /** @type {ServerProcess[]} */
  const servers = [];
  /** @type {ReturnType<typeof startPair>[]} */
  const pairs = [];
  if (folder === null) pairs.push(startPair(ports, '', gatewayOptions));
  else {
    const page = await freePortAfter(ports.page, [ports.gateway]);
    const gateway = await freePortAfter(ports.gateway, [ports.page, page]);
    const nats = await freePortAfter(NATS_PORT - 1, [ports.page, ports.gateway, page, gateway]);
    const bus = ['--bus', `nats://127.0.0.1:${nats}`];
    servers.push(startNats(folder, nats));
    // One of them simulates; the other tells of it.
    const feed = gatewayOptions.includes('--feed') ? [] : ['--feed', 'synthetic'];
    pairs.push(
      startPair(ports, ' 1', [...bus, ...feed, ...gatewayOptions]),
      startPair({ page, gateway }, ' 2', [...bus, '--feed', 'none']),
    );
  }
  servers.push(...pairs.flatMap(({ gateway, page }) => [gateway, page]));
  const failed = Promise.race(
    servers.map(async ({ name, ended }) => {
      const { expected, reason } = await ended;
      if (!expected) throw new Problem(`The demo stopped because its ${name} ${reason}.`);
    }),
  );
  failed.catch(() => {});
  const over = new AbortController();

  try {
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
    const answers = pairs.flatMap(({ pageUrl, gatewayUrl, page, gateway }) => [
      answered(page.name, () => answersHttp(pageUrl), signal),
      answered(gateway.name, () => answersWebSocket(gatewayUrl, pageUrl, PROTOCOL), signal),
    ]);
    const ready = Promise.all(answers).then(() => {
      for (const { pageUrl, gatewayUrl } of pairs)
        console.log(`demo ready: ${pageUrl} ${gatewayUrl}`);
    });
    ready.catch(() => {});
    await Promise.race([ready, failed, interruption]);
    await Promise.race([failed, interruption]);
  } finally {
    over.abort();
    // Gateways before what they depend on.
    await Promise.all(pairs.map(({ gateway }) => gateway.stop()));
    await Promise.all(servers.map((server) => server.stop()));
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

/** What can be chosen: our environment variables and the gateway's options. */
async function explain() {
  await setUp([]);
  console.log(`npm run demo -- [--scale] <gateway options>

--scale       two gateways on NATS, each with a page of its own: what one is told, both show

DEMO_PORT     port of the demo page (default ${DEFAULT_PORTS.page})
GATEWAY_PORT  port of the gateway (default ${DEFAULT_PORTS.gateway})
`);
  await run(process.execPath, [gatewayScript, '--help'], { purpose: 'Asking the gateway' });
}

/**
 * @param {string} name
 * @param {() => Promise<import('./answer.mjs').Answer>} ask
 * @param {AbortSignal} signal
 */
async function answered(name, ask, signal) {
  const complaint = await untilAnswered(ask, signal);
  if (complaint) throw new Problem(`The ${name} was started but cannot be used: ${complaint}.`);
}

/** @returns {Promise<void>} resolves at the first signal that asks us to stop */
function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => demo(argv.slice(2)), { answersHelp: true });
}
