// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { createEngineClient } from '../../../js/src/engine/create-engine-client.js';
import type { EngineClientOptions } from '../../../js/src/engine/create-engine-client.js';
import { FakeWorker } from '../hosts/support/fake-worker.js';
import { FakeEngine } from './support/fake-engine.js';
import { VirtualTime, settled } from './support/virtual-time.js';

const emptyModule = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

let time: VirtualTime;
let engine: FakeEngine;
let notes: string[];
let options: EngineClientOptions;

beforeEach(() => {
  time = new VirtualTime();
  engine = new FakeEngine();
  notes = [];
  options = {
    config: '{"url":"ws://localhost"}',
    module: emptyModule,
    WebSocket: EventTarget as unknown as typeof WebSocket,
    log: (note) => notes.push(note),
    seams: {
      clock: time.clock,
      timers: time.timers,
      frames: time.frames,
      seed: () => 11,
      loadGlue: () => Promise.resolve(engine.instantiate),
    },
  };
});

describe('where the engine runs', () => {
  it('is the page where there is no Worker, and a note says so', async () => {
    const client = createEngineClient(options);
    await client.start();
    expect(engine.callsOf('createEngine')).toEqual([
      ['createEngine', '{"url":"ws://localhost"}', 11],
    ]);
    expect(notes).toEqual(['There is no Worker here; the engine runs in the page.']);
  });

  it('is the page when asked for, without a note', async () => {
    await createEngineClient({ ...options, host: 'page' }).start();
    expect(notes).toEqual([]);
  });

  it('is a worker otherwise, from the URL that was given', async () => {
    const worker = new FakeWorker();
    const urls: unknown[] = [];
    const createWorker = (url: string | URL | undefined): ReturnType<FakeWorker['asWorker']> => {
      urls.push(url);
      return worker.asWorker();
    };
    const client = createEngineClient({
      ...options,
      workerUrl: '/assets/worker.js',
      seams: { ...options.seams, createWorker },
    });
    void client.start();
    await settled();
    expect(urls).toEqual(['/assets/worker.js']);
    expect(worker.received).toEqual([
      {
        type: 'start',
        config: '{"url":"ws://localhost"}',
        seed: 11,
        assets: { module: emptyModule },
      },
    ]);
  });
});

describe('the page host', () => {
  it('says what to do when there is no WebSocket', async () => {
    const { WebSocket: _, ...without } = options;
    await expect(createEngineClient({ ...without, host: 'page' }).start()).rejects.toThrow(
      /There is no WebSocket here.*package ws/,
    );
  });

  it('carries commands in and bundles out, and ends the engine', async () => {
    const client = createEngineClient({ ...options, host: 'page' });
    client.command('connect', 'token');
    await client.start();
    expect(engine.calls.slice(1)).toEqual([
      ['addPage'],
      ['setVisible', 1, true],
      ['setOnline', 1, true],
      ['connect', 1, 'token'],
    ]);
    client.stop();
    expect(engine.callsOf('destroyEngine')).toHaveLength(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('destroys an engine that came when nobody wanted it any more', async () => {
    const client = createEngineClient({ ...options, host: 'page' });
    const starting = client.start();
    client.stop();
    await expect(starting).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(engine.callsOf('destroyEngine')).toHaveLength(1);
  });
});
