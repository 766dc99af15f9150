// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RawLog } from '../../../js/src/read-model/raw-log.js';
import type { ChunkQueue } from '../../../js/src/read-model/raw-log.js';

const segmentOverheadBytes = 256;
const byteLength = (text: string): number => new TextEncoder().encode(text).length;
const newQueue = (): ChunkQueue => ({ first: 0, last: 0 });

/** Appends to each queue its bytes, all in one buffer with `waste` bytes beside them. */
function add(log: RawLog, chunks: readonly [ChunkQueue, string][], waste = 0): void {
  const bytes = new TextEncoder().encode(
    ' '.repeat(waste) + chunks.map(([, text]) => text).join(''),
  );
  log.begin(bytes, waste);
  let offset = waste;
  for (const [queue, text] of chunks) {
    const length = byteLength(text);
    log.append(queue, offset, length, 1);
    offset += length;
  }
  log.end();
}

function textsOf(log: RawLog, queue: ChunkQueue): string[] {
  const texts: string[] = [];
  for (let chunk = queue.first; chunk !== 0; chunk = log.next(chunk)) {
    texts.push(log.text(chunk));
  }
  return texts;
}

describe('the raw log', () => {
  it('keeps chunks where they came, in order', () => {
    const log = new RawLog();
    const [a, b] = [newQueue(), newQueue()];
    add(log, [
      [a, 'one'],
      [b, 'uno'],
    ]);
    add(log, [[a, 'two']]);
    expect(textsOf(log, a)).toEqual(['one', 'two']);
    expect(textsOf(log, b)).toEqual(['uno']);
    expect(log.liveBytes).toBe(9);
  });

  it('lets a buffer go with its last chunk', () => {
    const log = new RawLog();
    const [a, b] = [newQueue(), newQueue()];
    add(
      log,
      [
        [a, 'one'],
        [b, 'uno'],
      ],
      1000,
    );
    log.clear(a);
    expect(log.heldBytes).toBe(1006 + segmentOverheadBytes);
    log.clear(b);
    expect(log.heldBytes).toBe(0);
    expect(log.liveBytes).toBe(0);
  });

  it('never keeps a buffer nobody has a chunk in', () => {
    const log = new RawLog();
    add(log, [], 5000);
    expect(log.heldBytes).toBe(0);
  });

  it('keeps a chunk of no bytes', () => {
    const log = new RawLog();
    const queue = newQueue();
    add(log, [[queue, '']]);
    expect(textsOf(log, queue)).toEqual(['']);
  });

  it('moves what is live into one buffer when it holds a few times as much', () => {
    const log = new RawLog({ floorBytes: 4096, heldPerLive: 3 });
    const queue = newQueue();
    for (let n = 0; n < 9; ++n) add(log, [[queue, `record ${n}`]], 1000);
    expect(textsOf(log, queue)).toEqual(Array.from({ length: 9 }, (_, n) => `record ${n}`));
    expect(log.heldBytes).toBeLessThan(4096 + 1000 + 2 * segmentOverheadBytes);
  });

  it('holds no more than the floor, or a few times what is live, whatever comes and goes', () => {
    const floorBytes = 2048;
    const heldPerLive = 3;
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 90 });
    const text = fc.oneof(
      { weight: 9, arbitrary: ascii },
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    const operation = fc.oneof(
      fc.record({
        waste: fc.nat(600),
        texts: fc.array(fc.tuple(fc.nat(4), text), {
          maxLength: 6,
        }),
      }),
      fc.record({ drop: fc.nat(4) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), (operations) => {
        const log = new RawLog({ floorBytes, heldPerLive });
        const queues = Array.from({ length: 5 }, newQueue);
        const expected: string[][] = queues.map(() => []);
        for (const step of operations) {
          if ('drop' in step) {
            const queue = queues[step.drop] as ChunkQueue;
            if (queue.first !== 0) log.dropFirst(queue);
            expected[step.drop]?.shift();
          } else {
            add(
              log,
              step.texts.map(([index, text]) => [queues[index] as ChunkQueue, text]),
              step.waste,
            );
            for (const [index, text] of step.texts) expected[index]?.push(text);
            const bound = Math.max(floorBytes, log.liveBytes * heldPerLive) + segmentOverheadBytes;
            expect(log.heldBytes).toBeLessThanOrEqual(bound);
          }
          expect(queues.map((queue) => textsOf(log, queue))).toEqual(expected);
          expect(log.liveBytes).toBe(byteLength(expected.flat().join('')));
        }
        for (const queue of queues) log.clear(queue);
        expect(log.heldBytes).toBe(0);
      }),
    );
  });
});
