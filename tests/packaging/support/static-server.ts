/**
 * Serves a folder as any web server does: by the ends of names, and 404 for what is not there. The
 * Content-Security-Policy is the one that docs/bundlers.md promises to be enough.
 */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface StaticServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveFolder(folder: string, gatewayUrl: string): Promise<StaticServer> {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self' ${gatewayUrl}`,
    "style-src 'self'",
  ].join('; ');
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    readFile(file).then(
      (body) => {
        response.setHeader('Content-Security-Policy', policy);
        response.setHeader('Content-Type', contentTypes[extname(file)] ?? 'text/plain');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end('Not found\n');
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${String(port)}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
