// @vitest-environment jsdom
// What a service logs, on the real engine: every line as a person reads it, and no secret in any.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';

import '../support/engine-files.js';
import { engineConfigOf } from '../../../js/src/config/engine-config.js';
import { createSystemClocks } from '../../../js/src/engine/clock.js';
import { createEngineClient } from '../../../js/src/engine/create-engine-client.js';
import type { EngineModuleFactory } from '../../../js/src/engine/engine-module.js';
import { systemTimers } from '../../../js/src/engine/timers.js';
import { serveEngine } from '../../../js/src/hosts/worker-server.js';
import { RealTimeService } from '../../../js/src/services/realtime-service.js';
import {
  createFakeServer,
  type FakeServer,
  type FakeServerOptions,
} from '../../../js/src/testing.js';
import { socketsOf } from '../../../js/src/testing/fake-socket.js';
import type { LogLevel, RealTimeConfigInput } from '../../../js/src/types.js';
import { FakeWorker } from '../hosts/support/fake-worker.js';
import { logWrites, RecordingLogger } from './support/recording-logger.js';

const servers: FakeServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.service.shutdown();
});

async function logged(level: LogLevel, options: FakeServerOptions = {}) {
  const logger = new RecordingLogger();
  const config: RealTimeConfigInput = { ...options.config, logging: { level, logger } };
  const server = createFakeServer({ dialect: 'v2', ...options, config });
  servers.push(server);
  server.service.on('error', () => undefined);
  const begun = server.service.initialize();
  await logWrites();
  if (options.acceptsConnections !== false) await begun;
  begun.catch(() => undefined);
  return { server, logger, lines: logger.lines };
}

const update = (n: number) => ({
  type: 'bill_update',
  bill_id: 1,
  update: { type: 'amendment', data: { n } },
});

const prefix = 'civic-realtime: ';
const address = 'ws://localhost:3001/ws';

describe('the log', () => {
  it('is silent unless asked for', async () => {
    const levels = ['error', 'warn', 'info', 'debug', 'log'] as const;
    const spies = levels.map((name) => vi.spyOn(console, name));
    const server = createFakeServer({ config: { bills: { maxBatchSize: 7 } } });
    servers.push(server);
    await server.service.initialize();
    await logWrites();
    server.dropConnection();
    await server.advance(60_000);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it('goes to the console when it has no logger of its own', async () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const server = createFakeServer({ config: { logging: { level: 'info' } } });
    servers.push(server);
    await server.service.initialize();
    await logWrites();
    expect(info.mock.calls[0]).toEqual([
      `${prefix}Connecting to ${address}`,
      { event: 'connection', state: 'connecting', previousState: 'disconnected' },
    ]);
  });

  it('tells every change of the connection, with the wait and the reason', async () => {
    const { server, lines, logger } = await logged('info');
    server.dropConnection(1006);
    const retryInMs = logger.details.at(-1)?.['retryInMs'];
    await server.advance(30_000);
    server.service.disconnect();
    const lost = 'The connection was lost. (close code 1006)';
    expect(lines).toEqual([
      `info ${prefix}Connecting to ${address}`,
      `info ${prefix}Connected to ${address} in dialect v2.`,
      `warn ${prefix}Reconnecting in ${Math.round(Number(retryInMs))} ms, attempt 1: ${lost}`,
      `info ${prefix}Attempt 1 to connect to ${address} again`,
      `info ${prefix}Connected to ${address} in dialect v2.`,
      `info ${prefix}Disconnected.`,
    ]);
    expect(logger.details[2]).toEqual({
      event: 'connection',
      state: 'reconnecting',
      previousState: 'connected',
      attempt: 1,
      code: 1006,
      retryInMs: expect.any(Number) as number,
      error: 'connection-lost',
    });
  });

  it('tells once, not on the console as well, that there will be no connection', async () => {
    const onConsole = vi.spyOn(console, 'error');
    const { server, lines } = await logged('error');
    server.dropConnection(4003, 'account closed');
    await server.advance(60_000);
    expect(lines).toEqual([
      `error ${prefix}No connection, and no further attempt: The server closed the connection and asked not to come ` +
        'back. (close code 4003: account closed)',
    ]);
    expect(onConsole).not.toHaveBeenCalled();
  });

  it('tells gaps: a warning for what is lost, a note for what came late', async () => {
    const { server, lines } = await logged('info', { streamLength: 2 });
    server.service.getBillTrackingService().subscribeToBill(1);
    await server.advance(20);
    server.deliver(update(1));
    server.dropConnection();
    for (let n = 2; n <= 6; ++n) server.deliver(update(n));
    await server.advance(30_000);
    expect(lines).toContain(`warn ${prefix}Messages of bill:1 are lost: 2 to 4.`);
    // It reaches everybody but this page.
    const lost = vi.spyOn(Reflect.get(server, 'socket') as { receive(): void }, 'receive');
    lost.mockImplementationOnce(() => undefined);
    server.deliver(update(7));
    server.deliver(update(8));
    await server.advance(1000);
    expect(lines).toContain(`info ${prefix}Messages of bill:1 came late: 7.`);
    server.dropConnection();
    server.loseHistory();
    server.deliver(update(1));
    await server.advance(30_000);
    const unknown = 'from 9 on; how many is not known';
    expect(lines).toContain(`warn ${prefix}Messages of bill:1 are lost: ${unknown}.`);
  });

  it('tells messages that were refused, either way', async () => {
    const { server, lines } = await logged('warn', { acknowledges: false });
    server.deliver('{"type":');
    const send = (message: object | null, options = {}) => {
      server.manager.send(message as never, options).catch(() => undefined);
    };
    send({ type: 'vote_update', data: { secret: 'ballot' } }, { expiresInMs: 5000 });
    send(null);
    send({ data: {} });
    await server.advance(6000);
    expect(lines).toEqual([
      expect.stringContaining('not one valid JSON object; it was ignored'),
      `warn ${prefix}A message failed: A message must be an object with a type.`,
      `warn ${prefix}A message failed: A message must be an object with a type.`,
      expect.stringContaining('A message of type vote_update failed: The message was not'),
    ]);
    expect(lines.join()).not.toContain('ballot');
  });

  it('tells what a configuration says in vain', async () => {
    const { lines } = await logged('warn', {
      config: {
        bills: { reconnectDelay: 9, maxBatchSize: 7 },
        websocket: {
          url: 'ws://user:word@example.org/ws?key=hidden',
          protocols: ['civic-engagement-v1'],
          reconnect: { delay: 5000, maxDelay: 100 },
          message: { compression: true },
          security: { allowInsecureToken: true },
        },
      },
    });
    expect(lines).toEqual(
      [
        'bills.reconnectDelay has no effect: websocket.reconnect.delay says it.',
        'bills.maxBatchSize has no effect: changes cross once per frame.',
        'websocket.reconnect.maxDelay is 100 ms, less than websocket.reconnect.delay, so that one limits the waits: 5000 ms.',
        'websocket.message.compression has no effect: websocket.protocols does not offer civic-engagement-v2, which it takes.',
        'websocket.security.allowInsecureToken is true, so tokens go in an address that is not encrypted, to example.org.',
      ].map((text) => `warn ${prefix}${text}`),
    );
  });

  it.each<[LogLevel, string[]]>([
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'info', 'warn']],
    ['debug', ['debug', 'error', 'info', 'warn']],
  ])('of level %s has lines of %j', async (level, expected) => {
    const websocket = { getToken: () => 'some-token' };
    const { server, lines } = await logged(level, { config: { websocket } });
    server.dropConnection();
    await server.advance(60_000);
    server.dropConnection(4003);
    const found = new Set(lines.map((line) => line.slice(0, line.indexOf(' '))));
    expect([...found].sort()).toEqual(expected);
  });

  it('survives a logger that throws, and lets that show', async () => {
    const uncaught = vi.fn();
    vi.stubGlobal('reportError', uncaught);
    const throws = () => {
      throw new Error('disk full');
    };
    const logger = { error: throws, warn: throws, info: throws, debug: throws };
    const server = createFakeServer({ config: { logging: { level: 'info', logger } } });
    servers.push(server);
    await server.service.initialize();
    await logWrites();
    expect(server.service.isConnected()).toBe(true);
    expect(uncaught).toHaveBeenCalledWith(new Error('disk full'));
    await server.service.shutdown();
    vi.unstubAllGlobals();
  });
});

const tokens = ['first.secret-token+/=', 'second.secret-token+/='] as const;
const forms = tokens.flatMap((token) => [
  token,
  encodeURIComponent(token),
  Buffer.from(token).toString('base64url'),
]);

describe('a token is in no line', () => {
  function expectNoToken({ lines, details }: RecordingLogger): void {
    const text = JSON.stringify([lines, details]);
    expect(text).toContain('[token]');
    for (const secret of ['secret-token', ...forms]) expect(text).not.toContain(secret);
  }

  it('whatever server, network and the page say of it', async () => {
    const given: string[] = [...tokens];
    const { server, logger } = await logged('debug', {
      config: {
        websocket: {
          url: `ws://localhost:3001/ws?token=${encodeURIComponent(tokens[0])}`,
          getToken: () => given.shift() ?? tokens[1],
        },
      },
      tokenExpiresInMs: 120_000,
    });
    for (const form of forms.slice(0, 3)) {
      server.deliver({ type: 'error', data: { error: `token ${form} is odd` } });
      server.deliver(`{"token":"${form}"`);
    }
    server.manager.send({ type: 'vote_update', data: { token: tokens[0] } }).catch(() => undefined);
    server.manager.on('message', () => {
      throw new Error(`what about ${tokens[0]}`);
    });
    server.deliver(update(1));
    await server.advance(0);
    server.dropConnection(4001, `expired: ${tokens[0]}`);
    await server.advance(180_000);
    server.dropConnection(4003, `?token=${encodeURIComponent(tokens[1])}`);
    await server.advance(0);
    expect(logger.lines.length).toBeGreaterThan(10);
    expectNoToken(logger);
  });

  it('with the engine in a worker', async () => {
    const folder = join(import.meta.dirname, '../../../build/wasm/wasm');
    const glue = (await import(
      /* @vite-ignore */ pathToFileURL(join(folder, 'engine.js')).href
    )) as { default: EngineModuleFactory };
    const sockets = socketsOf({
      connecting: (socket) => {
        queueMicrotask(() => {
          socket.accept();
          socket.closed(4003, `not you: ${tokens[0]}`, true);
        });
      },
    });
    const logger = new RecordingLogger();
    const worker = new FakeWorker();
    serveEngine(worker.scope, {
      ...createSystemClocks(),
      timers: systemTimers,
      WebSocket: sockets,
      loadGlue: () => Promise.resolve(glue.default),
    });
    const service = new RealTimeService(
      { logging: { level: 'debug', logger } },
      {
        createEngine: (config) =>
          createEngineClient({
            config: JSON.stringify(engineConfigOf(config)),
            wasmBinary: readFileSync(join(folder, 'engine.wasm')),
            seams: { createWorker: () => worker.asWorker() },
          }),
      },
    );
    const refused = new Promise((resolve) => service.on('error', resolve));
    await service.initialize(tokens[0]).catch(() => undefined);
    await refused;
    await service.shutdown();
    expect(logger.lines).toContainEqual(
      expect.stringMatching(/^error .*No connection, and no further attempt: .*not you: \[token\]/),
    );
    expectNoToken(logger);
  });
});
