// The compiled engine in Node, on real sockets, in each of its hosts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CellKind, EventKind } from '../../js/src/engine/abi.js';
import { createEngineClient } from '../../js/src/engine/create-engine-client.js';
import type { EngineEvents, EngineClient } from '../../js/src/engine/client.js';
import type { BillUpdate } from '../../js/src/types.js';
import { BillServer } from './support/bill-server.js';
import { builtWasmUrl, loadBuiltGlue } from './support/built-engine.js';
import { createEngineWorker } from './support/engine-worker.js';
import { NodeWebSocket } from './support/node-web-socket.js';

let server: BillServer;
let clients: EngineClient[];
let host: 'page' | 'worker';

beforeEach(async () => {
  server = new BillServer();
  clients = [];
  await server.start();
});

afterEach(async () => {
  for (const client of clients) client.stop();
  await server.kill();
});

function newClient(config: object = {}, handlers: Partial<EngineEvents> = {}): EngineClient {
  const client = createEngineClient({
    config: JSON.stringify({
      url: server.url,
      reconnect: { enabled: true, maxAttempts: -1, delayMs: 1, maxDelayMs: 20, backoff: 'linear' },
      lingerMs: 0,
      ...config,
    }),
    host,
    wasmUrl: builtWasmUrl,
    WebSocket: NodeWebSocket,
    seams: { loadGlue: loadBuiltGlue, createWorker: createEngineWorker },
    onListenerError: (error) => {
      throw error as Error;
    },
  });
  client.setHandlers(handlers);
  clients.push(client);
  return client;
}

type Watch = (listener: () => void) => () => void;

/** Resolves when `condition` holds, which is asked whenever `watch` calls. */
async function until(watch: Watch, condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      const unwatch = watch(() => {
        unwatch();
        resolve();
      });
    });
  }
}

const isConnected = (client: EngineClient): Promise<void> =>
  until(
    (listener) => client.readModel.watchConnection(listener),
    () => client.readModel.connection().state === 'connected',
  );

const hasUpdates = (client: EngineClient, topic: string, count: number): Promise<void> =>
  until(
    (listener) => client.readModel.watch(topic, CellKind.billUpdates, listener),
    () => client.readModel.list(topic, CellKind.billUpdates).length >= count,
  );

const numbersOf = (updates: readonly BillUpdate[]): unknown[] =>
  updates.map(({ data }) => data['n']);

const update = (bill: number, n: number): object => ({
  type: 'bill_update',
  bill_id: bill,
  update: { type: 'status_change', data: { n, note: 'Ausschuß “Wasser” 🗳' } },
  timestamp: 1_700_000_000_000 + n,
});

async function subscribed(client: EngineClient, bill: number): Promise<void> {
  client.command('connect', '');
  client.command('subscribe', bill, `bill:${bill}`, '{}');
  await client.start();
  await server.until(() => server.countOf('subscribe', `bill:${bill}`) > 0);
}

describe.each(['page', 'worker'] as const)('the engine in the %s host', (where) => {
  beforeEach(() => {
    host = where;
  });

  it('subscribes and shows what arrives', async () => {
    const client = newClient();
    await subscribed(client, 7);
    await isConnected(client);
    server.send(update(7, 1));
    server.send(update(7, 2));
    await hasUpdates(client, 'bill:7', 2);
    expect(client.readModel.list('bill:7', CellKind.billUpdates)).toEqual([
      {
        type: 'status_change',
        data: { billId: 7, n: 1, note: 'Ausschuß “Wasser” 🗳' },
        timestamp: 1_700_000_000_001,
      },
      expect.objectContaining({ timestamp: 1_700_000_000_002 }),
    ]);
    expect(client.readModel.counter('recordsStored')).toBe(2);
  });

  it('shows the newest fifty of many, the newest engagement, and keeps objects', async () => {
    const client = newClient();
    await subscribed(client, 7);
    for (let n = 0; n < 500; ++n) server.send(update(7, n));
    server.send({ type: 'engagement_metrics', bill_id: 7, metrics: { view_count: 9 } });
    await until(
      (listener) => client.readModel.watch('bill:7', CellKind.billEngagement, listener),
      () => client.readModel.value('bill:7', CellKind.billEngagement) !== null,
    );
    const before = client.readModel.list('bill:7', CellKind.billUpdates);
    expect(numbersOf(before)).toEqual(Array.from({ length: 50 }, (_, index) => 450 + index));
    expect(client.readModel.value('bill:7', CellKind.billEngagement)).toMatchObject({
      bill_id: 7,
      viewCount: 9,
    });
    server.send(update(7, 500));
    const version = client.readModel.version('bill:7', CellKind.billUpdates);
    await until(
      (listener) => client.readModel.watch('bill:7', CellKind.billUpdates, listener),
      () => client.readModel.version('bill:7', CellKind.billUpdates) !== version,
    );
    const after = client.readModel.list('bill:7', CellKind.billUpdates);
    expect(numbersOf(after)).toEqual(Array.from({ length: 50 }, (_, index) => 451 + index));
    expect(after[0]).toBe(before[1]);
  });

  it('tells listeners every message, in order', async () => {
    const seen: unknown[] = [];
    let done: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    const client = newClient(
      {},
      {
        event: (kind, topic, payload) => {
          if (kind !== EventKind.billUpdate) return;
          seen.push([topic, (payload() as BillUpdate).data['n']]);
          if (seen.length === 200) done();
        },
      },
    );
    client.command('listen', 1 << EventKind.billUpdate);
    await subscribed(client, 7);
    for (let n = 0; n < 200; ++n) server.send(update(7, n));
    await all;
    expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => ['bill:7', n]));
  });

  it('comes back when the server was gone, and subscribes again by itself', async () => {
    const client = newClient();
    await subscribed(client, 7);
    await isConnected(client);
    await server.kill();
    await until(
      (listener) => client.readModel.watchConnection(listener),
      () => client.readModel.connection().state === 'reconnecting',
    );
    await server.start();
    await server.until(() => server.countOf('subscribe', 'bill:7') === 2);
    server.send(update(7, 3));
    await hasUpdates(client, 'bill:7', 1);
    expect(client.readModel.connection().state).toBe('connected');
    expect(client.readModel.counter('reconnects')).toBeGreaterThan(0);
  });

  it('sends messages, also those that were given before there was a connection', async () => {
    const client = newClient();
    const early = client.send('{"type":"hello","n":1}');
    client.command('connect', '');
    await client.start();
    await early;
    await client.send('{"type":"hello","n":2}');
    await server.until(() => server.received.filter(({ type }) => type === 'hello').length === 2);
    const hellos = server.received.filter(({ type }) => type === 'hello');
    expect(hellos.map(({ n }) => n)).toEqual([1, 2]);
  });

  it('closes its connection when it is stopped, and can be started again', async () => {
    const client = newClient();
    await subscribed(client, 7);
    await isConnected(client);
    client.stop();
    await server.until(() => server.open.length === 0);
    expect(client.readModel.connection().state).toBe('disconnected');
    client.command('connect', '');
    client.command('subscribe', 2, 'bill:8', '{}');
    await client.start();
    await server.until(() => server.countOf('subscribe', 'bill:8') === 1);
    server.send(update(8, 1));
    await hasUpdates(client, 'bill:8', 1);
  });

  it('refuses a configuration with the engine’s own words', async () => {
    await expect(newClient({ lingerMs: 'long' }).start()).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringContaining('lingerMs') as string,
    });
  });
});
