// A server that repeats every token it was ever shown: nothing that people are told has one in it, from the engine or the page.
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { rememberedTokens } from '../../js/src/engine/abi.js';
import { RealTimeService } from '../../js/src/services/realtime-service.js';
import { builtRecordingWasmUrl } from './support/built-engine.js';
import { NodeWebSocket } from './support/node-web-socket.js';

const tokens = Array.from(
  { length: rememberedTokens },
  (_, n) => `${String(n)}/+ß=${'the-token-of-one-hour'.slice(n)}`,
);

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/ws`;
});

afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

it('as many as are remembered', async () => {
  const shown: string[] = [];
  server.on('connection', (socket, request) => {
    shown.push(new URL(request.url ?? '', url).searchParams.get('token') ?? '');
    for (const form of [...shown, ...shown.map(encodeURIComponent)])
      socket.send(
        JSON.stringify({ type: 'error', data: { error: `Not with ${form}.`, originalType: 'x' } }),
      );
    // A reason has room for so many.
    socket.close(4000, [shown.at(0), shown.at(-2), shown.at(-1)].join(' '));
  });

  const told: string[] = [];
  const tell = (...what: unknown[]): void => {
    told.push(...what.map((one) => `${String(one)} ${JSON.stringify(one) ?? ''}`));
  };
  const service = new RealTimeService(
    {
      websocket: {
        ...{ url, host: 'page' as const, recording: { enabled: true } },
        // An attempt of its own would show the token before once more.
        reconnect: { enabled: false },
      },
      logging: { level: 'debug', logger: { debug: tell, info: tell, warn: tell, error: tell } },
    },
    { engine: { wasmUrl: builtRecordingWasmUrl, WebSocket: NodeWebSocket } },
  );
  const { manager } = service;
  manager.on('error', (error) => {
    tell(error, (error as { context?: unknown }).context);
  });
  manager.on('stateChange', () => {
    tell(manager.connectionSnapshot, service.getStats());
  });
  try {
    for (const [index, token] of tokens.entries()) {
      await manager.connect(token);
      const reports = (index + 1) * 2;
      await expect
        .poll(() => told.filter((text) => text.includes('Not with')).length, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(reports);
      await expect.poll(() => manager.getConnectionState(), { timeout: 10_000 }).toBe('failed');
    }
    expect(shown).toEqual(tokens);
    told.push(Buffer.from(await (await service.exportRecording()).arrayBuffer()).toString());
  } finally {
    await service.shutdown();
  }
  expect(told.filter((text) => text.includes('[token]')).length).toBeGreaterThan(tokens.length);
  for (const text of told)
    for (const token of tokens)
      for (const form of [token, encodeURIComponent(token), token.slice(0, 10)])
        expect(text.includes(form), `${form} in ${text}`).toBe(false);
});
