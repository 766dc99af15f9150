#!/usr/bin/env node
/**
 * Serves the built demo page on this machine, and tells it where its gateway is.
 *
 *   node web-demo/serve.js --port 5173 --gateway ws://localhost:3001/ws
 *
 * The Content-Security-Policy is as strict as the page can bear: nothing inline, nothing from elsewhere, WebAssembly
 * but no eval, and connections to the gateway alone.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Command, InvalidArgumentError } from 'commander';
import { Hono } from 'hono';

const HOST = '127.0.0.1';
const PAGE_FOLDER = fileURLToPath(new URL('../build/demo', import.meta.url));

/**
 * @param {string} text
 * @returns {number}
 */
function readPort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535; 0 takes a free one.');
}

/**
 * @param {string} text
 * @returns {URL}
 */
function readGateway(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^wss?:$/.test(url.protocol) && url.hash === '') return url;
  throw new InvalidArgumentError('It must be an address such as ws://localhost:3001/ws.');
}

/**
 * @param {URL} gateway
 * @returns {string}
 */
function contentSecurityPolicy(gateway) {
  const sockets =
    gateway.origin === 'null' ? `${gateway.protocol}//${gateway.host}` : gateway.origin;
  const requests = sockets.replace(/^ws/, 'http');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self' ${requests} ${sockets}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * @param {URL} gateway
 * @returns {Hono}
 */
function createPage(gateway) {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', contentSecurityPolicy(gateway));
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    // Lets the page measure what its own scripts cost, in browsers that can.
    context.header('Document-Policy', 'js-profiling');
    // Names of built files hold their contents' hash; everything else is asked for again.
    const lasting = context.req.path.startsWith('/assets/') && context.res.status === 200;
    context.header('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  app.get('/config.json', (context) => context.json({ gatewayUrl: gateway.href }));
  app.get('*', serveStatic({ root: PAGE_FOLDER }));
  app.notFound((context) => context.text('There is nothing here. The page is at /.\n', 404));
  return app;
}

/** @param {string} sentence */
function fail(sentence) {
  process.stderr.write(`page: ${sentence}\n`);
  process.exit(1);
}

const command = new Command('serve')
  .description('Serves the built demo page on this machine.')
  .option('--port <number>', 'port of the page, 0 takes a free one', readPort, 5173)
  .option(
    '--gateway <url>',
    'WebSocket address of the gateway',
    readGateway,
    new URL('ws://localhost:3001/ws'),
  )
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'page: ')),
  })
  .parse();
/** @type {{ port: number, gateway: URL }} */
const { port, gateway } = command.opts();

if (!existsSync(`${PAGE_FOLDER}/index.html`)) {
  fail('the page is not built yet. Build it with: npm run build');
}

const server = serve({ fetch: createPage(gateway).fetch, port, hostname: HOST }, (address) => {
  process.stdout.write(`demo page ready: http://localhost:${address.port}\n`);
});
server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code === 'EADDRINUSE') {
    fail(`port ${port} is in use by another program. Choose another one with --port.`);
  }
  fail(`cannot listen on port ${port}: ${error.message}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
