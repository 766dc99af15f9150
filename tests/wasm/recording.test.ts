// A recording of the compiled engine leads the native one to the same states.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { attempt } from '../../scripts/command.mjs';
import { buildReplay, replayProgram } from '../../scripts/replay-program.mjs';
import { CellKind } from '../../js/src/engine/abi.js';
import { createEngineClient } from '../../js/src/engine/create-engine-client.js';
import type { EngineClient } from '../../js/src/engine/client.js';
import { BillServer } from './support/bill-server.js';
import { builtRecordingWasmUrl, builtWasmUrl, loadBuiltGlue } from './support/built-engine.js';
import { createEngineWorker } from './support/engine-worker.js';
import { NodeWebSocket } from './support/node-web-socket.js';

const token = 'eyJhbGciOi.a-token-that-is-nobody-else’s';
const writing = 'what Ada wrote';

let folder: string;
let server: BillServer;
let client: EngineClient | null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'civic-recording-'));
  await buildReplay();
}, 900_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  client = null;
  server = new BillServer();
  await server.start();
});

afterEach(async () => {
  client?.stop();
  await server.kill();
});

/** Connects, hears of a bill, loses the connection, and hears of the bill again. */
async function live(wasmUrl: URL, host: 'page' | 'worker' = 'page'): Promise<EngineClient> {
  const made = createEngineClient({
    config: JSON.stringify({
      url: server.url,
      reconnect: { enabled: true, maxAttempts: -1, delayMs: 1, maxDelayMs: 20, backoff: 'linear' },
      recording: { enabled: true, maxBytes: 1 << 20 },
    }),
    host,
    wasmUrl,
    WebSocket: NodeWebSocket,
    seams: { loadGlue: loadBuiltGlue, createWorker: createEngineWorker },
  });
  client = made;
  made.command('connect', token);
  made.command('subscribe', 1, 'bill:7', '{}');
  await made.start();
  for (let n = 1; n <= 2; ++n) {
    await server.until(() => server.countOf('subscribe', 'bill:7') === n);
    server.send({
      type: 'bill_update',
      bill_id: 7,
      update: { type: 'status_change', data: { n, note: writing } },
      timestamp: 1_700_000_000_000 + n,
    });
    while (made.readModel.list('bill:7', CellKind.billUpdates).length < n) {
      await new Promise<void>((resolve) => {
        const unwatch = made.readModel.watch('bill:7', CellKind.billUpdates, () => {
          unwatch();
          resolve();
        });
      });
    }
    if (n === 1) {
      await server.kill();
      await server.start();
    }
  }
  return made;
}

async function replay(name: string, bytes: Uint8Array) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return attempt(replayProgram, [file], { output: 'capture' });
}

it.each(['page', 'worker'] as const)(
  'replays to the same states, with what people wrote and without, from the %s host',
  async (host) => {
    const engine = await live(builtRecordingWasmUrl, host);
    for (const hasPayloads of [true, false]) {
      const bytes = Buffer.from(await engine.exportRecording(hasPayloads));
      expect(bytes.includes(writing)).toBe(hasPayloads);
      // In an address the last of it is escaped.
      expect(bytes.includes('a-token-that')).toBe(false);
      const { code, stdout, stderr } = await replay(`payloads-${hasPayloads}`, bytes);
      expect(stderr).toBe('');
      expect(stdout).toMatch(/connection: connected → reconnecting/);
      expect(stdout).toMatch(/bill:7, 1 subscription/);
      expect(stdout).toMatch(/Everything is as it was recorded/);
      expect(code).toBe(0);
    }
  },
);

it('refuses a file that is damaged or something else, in one sentence', async () => {
  const engine = await live(builtRecordingWasmUrl);
  const damaged = new Uint8Array(await engine.exportRecording(true));
  damaged[damaged.length - 20] = (damaged[damaged.length - 20] as number) ^ 1;
  const outcome = await replay('damaged', damaged);
  expect([outcome.code, outcome.stdout]).toEqual([2, '']);
  expect(outcome.stderr).toMatch(/^\S+damaged, byte \d+: .*\.\n$/);
  const foreign = await replay('foreign', new TextEncoder().encode('<!doctype html>'));
  expect([foreign.code, foreign.stdout]).toEqual([2, '']);
  expect(foreign.stderr).toContain('This is no recording: it does not begin with CIVICREC.');
});

it('is not there with the engine that records nothing', async () => {
  const engine = await live(builtWasmUrl);
  await expect(engine.exportRecording(true)).rejects.toMatchObject({ code: 'recording-off' });
});
