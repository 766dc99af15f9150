/** A million messages and ten thousand subscriptions that come and go leave both heaps where they were. */

import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';

import { heapOfPage } from './support/heaps.js';
import { testOfPage } from './support/page-test.js';

const warmUp = { messages: 100_000, cycles: 1_000 };
const load = { messages: 1_000_000, cycles: 10_000 };

/** What V8 may differ by between two collections of the same program: compiled code, shapes, its own tables. */
const heapToleranceBytes = 256 * 1024;

/**
 * WebAssembly's memory only ever grows, by a fifth at a time, and messages of 2 MB find no gap in it now and then. What
 * the engine keeps is compared to the byte in tests/core/engine/engine_memory_test.cc.
 */
const heapGrowthFactor = 1.2 ** 2;

const test = testOfPage('memory');

async function measure(page: Page, devtools: CDPSession) {
  const engine = await page.evaluate(() => window.memoryPage.figures());
  return { ...engine, heap: await heapOfPage(devtools) };
}

test('memory is the same after a million messages and ten thousand subscriptions', async ({
  context,
  pages,
}) => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  const devtools = await context.newCDPSession(page);
  await page.goto(pages.url);
  await page.evaluate(() => window.memoryPage.ready);

  const run = (amount: typeof load) =>
    page.evaluate((wanted) => window.memoryPage.run(wanted), amount);
  await run(warmUp);
  const before = await measure(page, devtools);
  const done = await run(load);
  const after = await measure(page, devtools);

  const kB = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;
  console.log(
    [
      `${String(done.messages)} messages (${String(done.malformed)} malformed frames), ${String(done.cycles)} subscriptions that came and went:`,
      `  WASM heap        ${kB(before.wasmBytes)} before, ${kB(after.wasmBytes)} after`,
      `  JavaScript heap  ${kB(before.heap.usedSize)} before, ${kB(after.heap.usedSize)} after`,
      `  its buffers      ${kB(before.heap.backingStorageSize)} before, ${kB(after.heap.backingStorageSize)} after`,
    ].join('\n'),
  );

  expect(complaints).toEqual([]);
  expect(done.messages).toBeGreaterThanOrEqual(load.messages);
  expect(done.cycles).toBe(load.cycles);
  // Every message was taken in, and every topic was left.
  expect(after.messagesReceived - before.messagesReceived).toBe(done.messages);
  expect(after.malformedFrames - before.malformedFrames).toBe(done.malformed);
  expect(done.unsubscribes).toBe(done.subscribes);
  for (const figures of [before, after]) {
    expect(figures).toMatchObject({ cacheBytes: 0, topicsActive: 0, subscriptionsActive: 0 });
  }
  expect(after.wasmBytes).toBeLessThanOrEqual(before.wasmBytes * heapGrowthFactor);
  expect(after.heap.usedSize - before.heap.usedSize).toBeLessThan(heapToleranceBytes);
  expect(after.heap.backingStorageSize - before.heap.backingStorageSize).toBeLessThan(
    heapToleranceBytes,
  );
  await page.close();
});
