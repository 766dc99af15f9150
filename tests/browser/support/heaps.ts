/** What a page and its worker hold when everything that can go is gone. */

import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { expect } from 'vitest';

import { countWasmMemory } from '../pages/memory/wasm-memory.js';

export interface HeapUsage {
  /** Of JavaScript objects. */
  readonly usedSize: number;
  /** Of ArrayBuffers, which lie beside the heap; WebAssembly memories are not among them. */
  readonly backingStorageSize: number;
}

type Send = (method: string, params?: object) => Promise<unknown>;

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly type: string };
}

interface WorkerAnswer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export function heapOfPage(devtools: CDPSession): Promise<HeapUsage> {
  return heapAfterCollection((method, params) => devtools.send(method as never, params as never));
}

/** The page's one worker, over a session within the page's. */
export class WorkerHeap {
  private constructor(
    private readonly send: Send,
    private readonly worker: Worker,
  ) {}

  static async of(page: Page): Promise<WorkerHeap> {
    const devtools = await page.context().newCDPSession(page);
    const workers: string[] = [];
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
      if (targetInfo.type === 'worker') workers.push(sessionId);
    });
    const waiting = new Map<number, (answer: WorkerAnswer) => void>();
    devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as WorkerAnswer;
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    });
    await devtools.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    await expect.poll(() => workers.length).toBe(1);
    const [sessionId = ''] = workers;
    let lastId = 0;
    const send: Send = async (method, params = {}) => {
      const id = ++lastId;
      const answered = new Promise<WorkerAnswer>((resolve) => waiting.set(id, resolve));
      const message = JSON.stringify({ id, method, params });
      await devtools.send('Target.sendMessageToTarget', { sessionId, message });
      const { result, error } = await answered;
      waiting.delete(id);
      if (error === undefined) return result;
      throw new Error(`${method} in the worker: ${error.message}`);
    };
    return new WorkerHeap(send, page.workers()[0] as Worker);
  }

  usage(): Promise<HeapUsage> {
    return heapAfterCollection(this.send);
  }

  /** Bytes of its WebAssembly memories; `countWasmMemoryOfWorkers` must have been called before it was started. */
  wasmBytes(): Promise<number> {
    return this.worker.evaluate(() => (globalThis as unknown as Counting).wasmBytes());
  }
}

interface Counting {
  wasmBytes(): number;
}

/** In workers whose pages are opened from now on. */
export async function countWasmMemoryOfWorkers(context: BrowserContext): Promise<void> {
  // A worker whose script was put together here is of no known place, which may not connect to this machine unasked.
  await context.grantPermissions(['local-network-access']);
  await context.route(/\/worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const prelude = `globalThis.wasmBytes = (${countWasmMemory.toString()})();`;
    await route.fulfill({ response, body: `${prelude}\n${await response.text()}` });
  });
}

/** Collects until that frees nothing more: finalizers set free, and buffers are given back beside the collection. */
async function heapAfterCollection(send: Send): Promise<HeapUsage> {
  const collect = async (): Promise<HeapUsage> => {
    await send('HeapProfiler.collectGarbage');
    return (await send('Runtime.getHeapUsage')) as HeapUsage;
  };
  await collect();
  let least = await collect();
  for (;;) {
    const next = await collect();
    if (sizeOf(next) >= sizeOf(least)) return least;
    least = next;
  }
}

function sizeOf({ usedSize, backingStorageSize }: HeapUsage): number {
  return usedSize + backingStorageSize;
}
