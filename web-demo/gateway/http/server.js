/**
 * The listening side: one HTTP server for the routes and for the WebSocket upgrade at `/ws`.
 * Refusals at the upgrade are plain HTTP: 403 for a foreign origin, 401 for a wrong token of a client of
 * v1. A page cannot see those; a client of v2 is let in and closed with 4001.
 */

import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { DialectV1 } from '../dialects/v1.js';
import { DialectV2 } from '../dialects/v2.js';
import { OptionError } from '../options/options.js';

/**
 * @typedef {object} ServerServices
 * @property {import('hono').Hono} routes
 * @property {import('../access/admission.js').Admission} admission
 * @property {import('../stats/counters.js').Counters} counters
 * @property {import('../logging/logger.js').Logger} logger
 * @property {number} maximumMessageBytes
 * @property {'v1' | 'v2'} dialect The newest that is spoken.
 * @property {(webSocket: import('ws').WebSocket, socket: import('node:stream').Duplex, token: string | null, judgement: import('../access/admission.js').Judgement) => void} accept
 *   The judgement of the token; `accepted` also when none was shown.
 */

const PATH = '/ws';
const BEARER = 'bearer.';

export class Server {
  #http;
  #webSockets;
  #services;

  /** @param {ServerServices} services */
  constructor(services) {
    this.#services = services;
    this.#http = createServer(
      getRequestListener(services.routes.fetch, { overrideGlobalObjects: false }),
    );
    this.#webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: services.maximumMessageBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) => this.#choose(offered) ?? false,
    });
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /**
   * @param {string} host
   * @param {number} port
   * @returns {Promise<number>} The port that was taken.
   */
  listen(host, port) {
    return new Promise((resolve, reject) => {
      this.#http.once('error', (error) =>
        reject(listenError(/** @type {NodeJS.ErrnoException} */ (error), host, port)),
      );
      this.#http.listen(port, host, () => {
        const address = this.#http.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** Takes no more connections. */
  stopListening() {
    this.#http.close();
    this.#http.closeIdleConnections();
  }

  /** @returns {Promise<void>} Cuts what is still connected over HTTP; settles when all is closed. */
  close() {
    return new Promise((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:stream').Duplex} socket
   * @param {Buffer} head
   */
  #upgrade(request, socket, head) {
    const { admission, counters, logger } = this.#services;
    socket.on('error', () => socket.destroy());
    // The address can hold a token: it is read here and never written anywhere.
    const address = URL.canParse(request.url ?? '', 'http://localhost')
      ? new URL(request.url ?? '', 'http://localhost')
      : null;
    if (address?.pathname !== PATH) {
      refuse(socket, '404 Not Found', `the WebSocket is at ${PATH}`);
      return;
    }
    if (!admission.allowsOrigin(request.headers.origin)) {
      counters.refusedOrigins += 1;
      const origin = readableOrigin(request.headers.origin ?? '');
      logger.info(
        `refused a page from ${origin}; to let it in, start with --allow-origin ${origin}`,
      );
      refuse(
        socket,
        '403 Forbidden',
        'this origin is not allowed; --allow-origin names those that are',
      );
      return;
    }
    const offered = offeredProtocols(request.headers['sec-websocket-protocol']);
    const token = address.searchParams.get('token') ?? offeredToken(offered);
    /** @type {import('../access/admission.js').Judgement} */
    const judgement =
      token === null ? { verdict: 'accepted', expiresMs: null } : admission.judge(token);
    const speaksV2 = this.#choose(new Set(offered)) === DialectV2.subprotocol;
    if (judgement.verdict === 'refused' && !speaksV2) {
      counters.refusedTokens += 1;
      logger.info('refused a connection: its token is not accepted');
      refuse(socket, '401 Unauthorized', 'the token is not accepted');
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#services.accept(webSocket, socket, token, judgement);
    });
  }

  /**
   * @param {Set<string>} offered
   * @returns {string | undefined} The newest dialect of those offered.
   */
  #choose(offered) {
    const spoken =
      this.#services.dialect === 'v2'
        ? [DialectV2.subprotocol, DialectV1.subprotocol]
        : [DialectV1.subprotocol];
    return spoken.find((one) => offered.has(one));
  }
}

/**
 * @param {string | undefined} header
 * @returns {string[]} The subprotocols it offers.
 */
function offeredProtocols(header) {
  return header?.split(',').map((one) => one.trim()) ?? [];
}

/**
 * @param {string[]} offered The subprotocols.
 * @returns {string | null} The token among them: `bearer.` and its base64url.
 */
function offeredToken(offered) {
  const bearer = offered.find((one) => one.startsWith(BEARER));
  return bearer === undefined
    ? null
    : Buffer.from(bearer.slice(BEARER.length), 'base64url').toString('utf8');
}

/**
 * @param {import('node:stream').Duplex} socket
 * @param {string} status
 * @param {string} error
 */
function refuse(socket, status, error) {
  const body = JSON.stringify({ error });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} host
 * @param {number} port
 * @returns {Error}
 */
function listenError(error, host, port) {
  if (error.code === 'EADDRINUSE') {
    return new OptionError(
      `--port is ${port}, which another program uses; allowed: a free port, or 0 to take any`,
    );
  }
  if (error.code === 'EACCES') {
    return new OptionError(
      `--port is ${port}, which needs more rights; allowed: a port from 1024 to 65535, or 0`,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new OptionError(
      `--host is ${host}, which is not an address of this machine; allowed: 127.0.0.1, 0.0.0.0 or another of its own`,
    );
  }
  return error;
}

/**
 * What a stranger sends is written down only if it is what it should be.
 *
 * @param {string} text
 */
function readableOrigin(text) {
  return URL.canParse(text) ? new URL(text).origin : '<its origin>';
}
