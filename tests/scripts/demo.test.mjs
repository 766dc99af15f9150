import { createServer } from 'node:http';

import { expect, it, onTestFinished } from 'vitest';

import { answersHttp, answersWebSocket, untilAnswered } from '../../scripts/answer.mjs';
import { checkGatewayOptions, choosePorts } from '../../scripts/demo.mjs';
import { ServerProcess } from '../../scripts/server-process.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/** @param {import('node:http').Server} [server] */
async function listen(server = createServer((_request, response) => response.end('page'))) {
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  onTestFinished(() => void server.close());
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

it('says which port is in use and how to choose another', async () => {
  const port = await listen();
  await expect(choosePorts({ GATEWAY_PORT: String(port), DEMO_PORT: '1' })).rejects.toThrow(
    new RegExp(
      `^In use by another program: port ${port}, for the gateway, so choose another one, ` +
        String.raw`for example with DEMO_PORT=1 GATEWAY_PORT=\d+ npm run demo$`,
    ),
  );
});

it('refuses ports that are none, and one port for two servers', async () => {
  await expect(choosePorts({ DEMO_PORT: 'http' })).rejects.toThrow(
    'DEMO_PORT must be a port number from 1 to 65535, not "http".',
  );
  await expect(choosePorts({ DEMO_PORT: '4001', GATEWAY_PORT: '4001' })).rejects.toThrow(
    'DEMO_PORT and GATEWAY_PORT are both 4001; they have to differ.',
  );
});

it('keeps the gateway port in one place', () => {
  expect(() => checkGatewayOptions(['--port', '3'])).toThrow('GATEWAY_PORT');
  expect(() => checkGatewayOptions(['--rate', '3'])).not.toThrow();
});

it('waits until a server answers', async () => {
  const url = `http://127.0.0.1:${await listen()}`;
  const firstAnswers = ['not yet', 'not yet'];
  const asked = async () => firstAnswers.shift() ?? answersHttp(url);
  expect(await untilAnswered(asked, new AbortController().signal)).toBeNull();
  expect(firstAnswers).toEqual([]);
});

it('says why a server cannot be used when the time is over', async () => {
  const port = await listen(createServer((_request, response) => response.writeHead(503).end()));
  const ask = () => answersHttp(`http://127.0.0.1:${port}`);
  expect(await untilAnswered(ask, AbortSignal.abort())).toBe('it answers with status 503');
  const nobody = () => answersHttp('http://127.0.0.1:1');
  expect(await untilAnswered(nobody, AbortSignal.abort())).toContain('ECONNREFUSED');
});

it('sees a WebSocket server that accepts the page, and one that refuses it', async () => {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    socket.end(
      request.headers.origin === 'http://localhost:5173'
        ? 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
        : 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n',
    );
  });
  const url = `ws://127.0.0.1:${await listen(server)}/ws`;
  expect(await answersWebSocket(url, 'http://localhost:5173', 'protocol')).toBeNull();
  expect(await answersWebSocket(url, 'http://elsewhere', 'protocol')).toBe(
    'it refuses the page with status 403',
  );
});

it('tells how a server ended, and stops one that goes on', async () => {
  const folder = temporaryFolder({
    'fails.mjs': 'console.log("cannot start"); process.exit(3);',
    'runs.mjs': 'setInterval(() => {}, 1000); console.log("runs");',
  });
  /** @type {string[]} */
  const lines = [];
  const fails = new ServerProcess('gateway', ['fails.mjs'], {
    cwd: folder,
    write: (line) => lines.push(line),
  });
  expect(await fails.ended).toEqual({ expected: false, reason: 'ended with exit code 3' });
  expect(lines).toEqual(['[gateway] cannot start']);

  await new Promise((resolve) => {
    const runs = new ServerProcess('page', ['runs.mjs'], {
      cwd: folder,
      write: () => void runs.stop().then(() => resolve(undefined)),
    });
  });
});
