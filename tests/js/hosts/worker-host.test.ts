// @vitest-environment node
// The page's half and the worker's half of the worker host, joined by a worker in the same thread.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineError } from '../../../js/src/engine/engine-error.js';
import { WorkerHost } from '../../../js/src/hosts/worker-host.js';
import { serveEngine } from '../../../js/src/hosts/worker-server.js';
import type { EngineModuleFactory } from '../../../js/src/engine/engine-module.js';
import { FakeEngine } from '../engine/support/fake-engine.js';
import { VirtualTime, settled } from '../engine/support/virtual-time.js';
import { FakeWorker } from './support/fake-worker.js';

// The smallest WebAssembly module there is.
const emptyModule = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

class FakeSocket extends EventTarget {
  static latest: FakeSocket | null = null;
  constructor(readonly url: string) {
    super();
    FakeSocket.latest = this;
  }
}

let time: VirtualTime;
let engine: FakeEngine;
let worker: FakeWorker;
let host: WorkerHost;
let bundles: number[][];
let failures: EngineError[];
let loadGlue: () => Promise<EngineModuleFactory>;

beforeEach(() => {
  time = new VirtualTime();
  engine = new FakeEngine();
  worker = new FakeWorker();
  bundles = [];
  failures = [];
  FakeSocket.latest = null;
  loadGlue = () => Promise.resolve(engine.instantiate);
  host = new WorkerHost(
    { config: '{}', seed: 3, assets: { module: emptyModule } },
    {
      bundle: (buffer) => bundles.push([...new Uint8Array(buffer)]),
      failure: (error) => failures.push(error),
    },
    { timers: time.timers, workerUrl: undefined, createWorker: () => worker.asWorker() },
  );
});

/** Runs the worker's file. */
function runWorkerCode(): void {
  serveEngine(worker.scope, {
    clock: time.clock,
    timers: time.timers,
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    loadGlue: () => loadGlue(),
  });
}

async function start(): Promise<void> {
  const starting = host.start();
  runWorkerCode();
  await starting;
  await settled();
}

describe('the worker host', () => {
  it('starts the engine in the worker', async () => {
    await start();
    expect(engine.calls).toEqual([['createEngine', '{}', 3], ['addPage']]);
  });

  it('loses no message that was posted before the worker listens or the engine is loaded', async () => {
    let load: (factory: EngineModuleFactory) => void = () => undefined;
    loadGlue = () =>
      new Promise((resolve) => {
        load = resolve;
      });
    const starting = host.start();
    host.execute([['connect', 'a']]);
    await settled();
    runWorkerCode();
    host.execute([['subscribe', 1, 'bill:1', '{}'], ['disconnect']]);
    await settled();
    load(engine.instantiate);
    await starting;
    expect(engine.calls.slice(2)).toEqual([
      ['connect', 1, 'a'],
      ['subscribe', 1, 1, 'bill:1', '{}'],
      ['disconnect', 1],
    ]);
  });

  it('hands over bundles, and the next when the credit came back', async () => {
    await start();
    engine.produce([1, 2]);
    await settled();
    engine.produce([3]);
    await settled();
    expect(bundles).toEqual([[1, 2]]);
    host.returnCredit(0);
    await settled();
    expect(bundles).toEqual([[1, 2], [3]]);
  });
});

describe('a recording in the worker', () => {
  it('crosses as a buffer of its own, and the engine gives its memory back', async () => {
    await start();
    engine.recording = [1, 2, 3];
    const recording = await host.exportRecording(false);
    expect([...new Uint8Array(recording as ArrayBuffer)]).toEqual([1, 2, 3]);
    expect(engine.callsOf('exportRecording')).toEqual([['exportRecording', false]]);
    expect(engine.callsOf('_civic_release_recording')).toHaveLength(1);
  });

  it('is null when the engine records nothing', async () => {
    await start();
    expect(await host.exportRecording(true)).toBeNull();
  });

  it.each<[string, string, () => void]>([
    ['is stopped', 'engine-stopped', () => host.stop()],
    ['breaks down', 'engine-crashed', () => worker.breakDown('unreachable executed')],
  ])('that never comes because the engine %s is an error', async (_how, code, end) => {
    await start();
    const asked = host.exportRecording(true);
    const outcome = expect(asked).rejects.toMatchObject({ code });
    end();
    await outcome;
  });
});

describe('a worker that cannot start is one error that says what to do', () => {
  it('when the engine refuses its configuration', async () => {
    engine.refusal = '{"code":"invalid-config","message":"url is missing"}';
    const starting = host.start();
    runWorkerCode();
    await expect(starting).rejects.toMatchObject({
      code: 'invalid-config',
      message: 'url is missing',
    });
    expect(worker.isTerminated).toBe(true);
  });

  it('when the glue cannot be loaded', async () => {
    loadGlue = () => Promise.reject(new TypeError('Failed to fetch'));
    const starting = host.start();
    runWorkerCode();
    await expect(starting).rejects.toMatchObject({
      code: 'engine-load-failed',
      message: expect.stringMatching(/engine\.js.*Failed to fetch[^]*1\.[^]*2\.[^]*3\./) as string,
    });
  });

  it('when its file cannot be loaded', async () => {
    const starting = host.start();
    worker.breakDown();
    await expect(starting).rejects.toMatchObject({
      code: 'engine-load-failed',
      message: expect.stringMatching(
        /worker\.js next to the package's other files\.\n[^]*1\.[^]*4\. Or run the engine in the page/,
      ) as string,
    });
    expect(failures).toEqual([]);
  });

  it('when it cannot be made', async () => {
    const forbidden = new WorkerHost(
      { config: '{}', seed: 3, assets: {} },
      { bundle: () => undefined, failure: (error) => failures.push(error) },
      {
        timers: time.timers,
        workerUrl: 'https://elsewhere.example/worker.js',
        createWorker: () => {
          throw new DOMException('cross-origin', 'SecurityError');
        },
      },
    );
    await expect(forbidden.start()).rejects.toMatchObject({
      message: expect.stringContaining('https://elsewhere.example/worker.js') as string,
    });
  });
});

describe('a worker that breaks down later', () => {
  it.each<[string, () => void]>([
    ['by an exception', () => worker.breakDown('unreachable executed')],
    [
      'by a message that cannot be read',
      () => worker.onmessageerror?.call(worker.asWorker() as Worker, {} as MessageEvent),
    ],
    [
      'by a broken engine',
      () => {
        engine.trap = 'resumed';
        host.execute([['resumed']]);
      },
    ],
  ])('%s is one failure, and the worker is gone', async (_how, breakDown) => {
    await start();
    breakDown();
    await settled();
    worker.breakDown('and again');
    expect(failures).toEqual([expect.objectContaining({ code: 'engine-crashed' })]);
    expect(worker.isTerminated).toBe(true);
  });
});

describe('stopping', () => {
  it('closes the connection first, and terminates the worker when it is closed', async () => {
    await start();
    const Socket = engine.host?.WebSocket as unknown as new (url: string) => FakeSocket;
    new Socket('ws://localhost');
    host.stop();
    await settled();
    expect(engine.callsOf('destroyEngine')).toHaveLength(1);
    expect(worker.isTerminated).toBe(false);
    FakeSocket.latest?.dispatchEvent(new Event('close'));
    await settled();
    expect(worker.isTerminated).toBe(true);
    expect(time.pendingTimers).toBe(0);
  });

  it('terminates the worker at once when there is no connection', async () => {
    await start();
    host.stop();
    await settled();
    expect(worker.isTerminated).toBe(true);
  });

  it('does not wait for ever', async () => {
    await start();
    const Socket = engine.host?.WebSocket as unknown as new (url: string) => FakeSocket;
    new Socket('ws://localhost');
    host.stop();
    await time.pass(999);
    expect(worker.isTerminated).toBe(false);
    await time.pass(1);
    expect(worker.isTerminated).toBe(true);
  });

  it('hears nothing more of the worker', async () => {
    await start();
    engine.produce([1]);
    host.stop();
    worker.breakDown('late');
    await settled();
    expect(bundles).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('while the engine loads ends the worker and the attempt', async () => {
    const starting = host.start();
    host.stop();
    await expect(starting).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(worker.isTerminated).toBe(true);
  });

  it('does nothing when nothing was started', () => {
    expect(() => {
      host.stop();
    }).not.toThrow();
  });
});
