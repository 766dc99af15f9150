// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineRuntime } from '../../../js/src/engine/runtime.js';
import type { EngineError } from '../../../js/src/engine/engine-error.js';
import { FakeEngine } from './support/fake-engine.js';
import { VirtualTime, settled } from './support/virtual-time.js';

let time: VirtualTime;
let engine: FakeEngine;
let crashes: EngineError[];
let delivered: number[][];

beforeEach(() => {
  time = new VirtualTime();
  engine = new FakeEngine();
  crashes = [];
  delivered = [];
});

async function createRuntime(): Promise<EngineRuntime> {
  return EngineRuntime.create({
    instantiate: engine.instantiate,
    config: '{"url":"ws://localhost"}',
    seed: 7,
    clock: time.clock,
    timers: time.timers,
    WebSocket: EventTarget as unknown as typeof WebSocket,
    onCrash: (error) => crashes.push(error),
  });
}

const deliver = (bundle: ArrayBuffer): void => {
  delivered.push([...new Uint8Array(bundle)]);
};

describe('creating the engine', () => {
  it('gives it configuration and seed, and the world to stand in', async () => {
    await createRuntime();
    expect(engine.calls).toEqual([['createEngine', '{"url":"ws://localhost"}', 7]]);
    expect(engine.host?.now()).toBe(time.nowMs);
    expect(engine.host?.WebSocket).toBe(EventTarget);
  });

  it('fails with the error the engine names', async () => {
    engine.refusal =
      '{"code":"invalid-config","message":"url is missing","context":{"field":"url"}}';
    await expect(createRuntime()).rejects.toMatchObject({
      code: 'invalid-config',
      message: 'url is missing',
      context: { field: 'url' },
    });
  });
});

describe('commands', () => {
  it('reach the engine in order, with the page first', async () => {
    const runtime = await createRuntime();
    const page = runtime.addPage(deliver);
    runtime.execute(page, [['connect', 'token'], ['subscribe', 4, 'bill:1', '{}'], ['resumed']]);
    expect(engine.calls.slice(2)).toEqual([
      ['connect', 1, 'token'],
      ['subscribe', 1, 4, 'bill:1', '{}'],
      ['resumed', 1],
    ]);
  });
});

describe('the timer', () => {
  it('advances the engine at its deadline', async () => {
    await createRuntime();
    engine.host?.setDeadline(time.nowMs + 250);
    await time.pass(249);
    expect(engine.callsOf('advance')).toHaveLength(0);
    await time.pass(1);
    expect(engine.callsOf('advance')).toHaveLength(1);
  });
});

describe('pacing', () => {
  async function page(): Promise<EngineRuntime> {
    const runtime = await createRuntime();
    runtime.addPage(deliver);
    await settled();
    return runtime;
  }

  it('hands over the first change after quiet at once', async () => {
    await page();
    engine.produce([1]);
    await settled();
    expect(delivered).toEqual([[1]]);
  });

  it('hands over what one task changed as one bundle', async () => {
    await page();
    engine.produce([1]);
    engine.produce([2]);
    expect(delivered).toEqual([]);
    await settled();
    expect(delivered).toEqual([[1, 2]]);
  });

  it('waits for the frame after a bundle, and then hands over all that came since', async () => {
    const runtime = await page();
    engine.produce([1]);
    await settled();
    engine.produce([2]);
    engine.produce([3]);
    await settled();
    expect(delivered).toEqual([[1]]);
    runtime.returnCredit(1, 0);
    expect(delivered).toEqual([[1], [2, 3]]);
  });

  it('waits as long as the page says, for the earliest of several credits', async () => {
    const runtime = await page();
    engine.produce([1]);
    await settled();
    runtime.returnCredit(1, 16);
    engine.produce([2]);
    await time.pass(10);
    runtime.returnCredit(1, 16);
    await time.pass(5);
    expect(delivered).toEqual([[1]]);
    await time.pass(1);
    expect(delivered).toEqual([[1], [2]]);
    await time.pass(100);
    engine.produce([3]);
    await settled();
    expect(delivered).toEqual([[1], [2]]);
  });

  it('waits no longer when the page had its frame meanwhile', async () => {
    const runtime = await page();
    engine.produce([1]);
    await settled();
    runtime.returnCredit(1, 16);
    engine.produce([2]);
    runtime.returnCredit(1, 0);
    expect(delivered).toEqual([[1], [2]]);
    expect(time.pendingTimers).toBe(0);
  });

  it('keeps no timer for a page that is gone', async () => {
    const runtime = await page();
    engine.produce([1]);
    await settled();
    runtime.returnCredit(1, 16);
    runtime.removePage(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('keeps the credit when there is nothing to spend it on', async () => {
    const runtime = await page();
    engine.produce([1]);
    await settled();
    runtime.returnCredit(1, 0);
    engine.produce([2]);
    await settled();
    expect(delivered).toEqual([[1], [2]]);
  });

  it('lets urgent things cross without a credit, and everything else with them', async () => {
    await page();
    engine.produce([1]);
    await settled();
    engine.produce([2]);
    engine.produce([3], true);
    await settled();
    expect(delivered).toEqual([[1], [2, 3]]);
  });

  it('counts an urgent bundle as one, so that the next waits for a frame', async () => {
    await page();
    engine.produce([1], true);
    await settled();
    engine.produce([2]);
    await settled();
    expect(delivered).toEqual([[1]]);
  });

  it('copies bundles: the engine may overwrite its own', async () => {
    const bundles: ArrayBuffer[] = [];
    const runtime = await createRuntime();
    runtime.addPage((bundle) => bundles.push(bundle));
    engine.produce([1, 2, 3]);
    await settled();
    runtime.returnCredit(1, 0);
    engine.produce([9, 9, 9]);
    await settled();
    expect(bundles.map((bundle) => [...new Uint8Array(bundle)])).toEqual([
      [1, 2, 3],
      [9, 9, 9],
    ]);
  });

  it('reads memory that has grown and moved', async () => {
    await page();
    const large = Array.from({ length: 5000 }, (_, index) => index % 251);
    engine.produce(large);
    await settled();
    expect(delivered).toEqual([large]);
  });

  it('ends with the page', async () => {
    const runtime = await page();
    engine.produce([1]);
    runtime.removePage(1);
    await settled();
    expect(delivered).toEqual([]);
    expect(engine.callsOf('removePage')).toEqual([['removePage', 1]]);
  });
});

describe('an engine that breaks down', () => {
  it.each(['connect', 'drain', 'advance'])(
    'in %s is reported once and left alone',
    async (where) => {
      const runtime = await createRuntime();
      runtime.addPage(deliver);
      await settled();
      engine.trap = where;
      engine.host?.setDeadline(time.nowMs + 1);
      engine.produce([1]);
      runtime.execute(1, [['connect', '']]);
      await time.pass(1);
      const calls = engine.calls.length;
      runtime.execute(1, [['disconnect']]);
      runtime.destroy();
      engine.host?.wake(1, true);
      await time.pass(10);
      expect(engine.calls).toHaveLength(calls);
      expect(crashes).toEqual([expect.objectContaining({ code: 'engine-crashed' })]);
      expect(time.pendingTimers).toBe(0);
    },
  );

  it('by aborting is reported', async () => {
    await createRuntime();
    engine.abort?.('out of memory');
    expect(crashes.map((error) => error.message)).toEqual(['The engine broke down: out of memory']);
  });
});

describe('destroying the engine', () => {
  it('leaves no timer and hands over nothing more', async () => {
    const runtime = await createRuntime();
    const listener = vi.fn();
    runtime.addPage(listener);
    engine.host?.setDeadline(time.nowMs + 10);
    engine.produce([1]);
    runtime.destroy();
    await time.pass(100);
    expect(engine.callsOf('destroyEngine')).toHaveLength(1);
    expect(engine.callsOf('advance')).toHaveLength(0);
    expect(listener).not.toHaveBeenCalled();
    expect(time.pendingTimers).toBe(0);
  });
});
