// What performance.measure writes, of the compiled engine in Node on real sockets.
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { CellKind } from '../../js/src/engine/abi.js';
import { createEngineClient } from '../../js/src/engine/create-engine-client.js';
import { BillServer } from './support/bill-server.js';
import { builtWasmUrl, loadBuiltGlue } from './support/built-engine.js';

let server: BillServer;
let observer: PerformanceObserver;
let seen: string[];

beforeEach(async () => {
  server = new BillServer();
  await server.start();
  seen = [];
  observer = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (duration >= 0) seen.push(name);
  });
  observer.observe({ type: 'measure' });
});

afterEach(async () => {
  observer.disconnect();
  await server.kill();
});

/** Receives one update of a bill, reads it three times, and leaves. */
async function receiveAndRead(options: { measures?: boolean; deflate: boolean }): Promise<unknown> {
  const client = createEngineClient({
    config: JSON.stringify({ url: server.url, lingerMs: 0, deflate: options.deflate }),
    host: 'page',
    wasmUrl: builtWasmUrl,
    WebSocket: NodeWebSocket as unknown as typeof WebSocket,
    seams: { loadGlue: loadBuiltGlue },
    ...(options.measures !== undefined && { measures: options.measures }),
  });
  const updates = () => client.readModel.list('bill:7', CellKind.billUpdates);
  try {
    await client.start();
    client.command('connect', '');
    client.command('subscribe', 1, 'bill:7', '{"deliver":false}');
    await server.until(() => server.countOf('subscribe', 'bill:7') === 1);
    await new Promise<void>((resolve) => {
      client.readModel.watch('bill:7', CellKind.billUpdates, resolve);
      server.send({ type: 'bill_update', bill_id: 7, update: { type: 'amendment', data: {} } });
    });
    updates();
    updates();
    return updates()[0]?.type;
  } finally {
    client.stop();
    // Observers are told in a task of their own.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

it.each([
  ['plain sockets', false],
  ['sockets that deflate', true],
])('writes what taking in, handing over, applying and reading cost: %s', async (_, deflate) => {
  expect(await receiveAndRead({ measures: true, deflate })).toBe('amendment');
  expect(new Set(seen)).toEqual(
    new Set([
      'civic-realtime ingest',
      'civic-realtime flush',
      'civic-realtime apply',
      'civic-realtime read',
    ]),
  );
  expect(seen.filter((name) => name === 'civic-realtime read')).toHaveLength(1);
  expect(performance.getEntriesByType('measure')).toEqual([]);
});

it('writes nothing unless it is asked to', async () => {
  expect(await receiveAndRead({ deflate: false })).toBe('amendment');
  expect(seen).toEqual([]);
});
