/**
 * Starts the gateway and the demo page, building whatever is missing, until it is interrupted.
 *
 *   npm run demo [-- <gateway options>]      DEMO_PORT=5173 GATEWAY_PORT=3001
 */
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

/** @param {readonly string[]} gatewayOptions */
async function demo(gatewayOptions) {
  if (gatewayOptions.includes('--help')) return explain();
  const interruption = interrupted();
  checkGatewayOptions(gatewayOptions);
  const ports = await choosePorts(process.env);
  await Promise.race([build(), interruption]);

  const pageUrl = `http://localhost:${ports.page}`;
  const gatewayUrl = `ws://localhost:${ports.gateway}/ws`;
  const gateway = new ServerProcess(
    'gateway',
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
    'page',
    [pageScript, '--port', String(ports.page), '--gateway', gatewayUrl],
    { cwd: repositoryRoot },
  );
  const servers = [gateway, page];
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
    const ready = Promise.all([
      answered('page', () => answersHttp(pageUrl), signal),
      answered('gateway', () => answersWebSocket(gatewayUrl, pageUrl, PROTOCOL), signal),
    ]).then(() => console.log(`demo ready: ${pageUrl} ${gatewayUrl}`));
    ready.catch(() => {});
    await Promise.race([ready, failed, interruption]);
    await Promise.race([failed, interruption]);
  } finally {
    over.abort();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** What can be chosen: our environment variables and the gateway's options. */
async function explain() {
  await setUp([]);
  console.log(`npm run demo -- <gateway options>

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
  await runScript(() => demo(argv.slice(2)));
}
