// @vitest-environment node
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Segment, WholeDecoding } from '../../../js/src/read-model/segment.js';

interface Placed {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/** `header` bytes that are no text, and the texts one after another behind them. */
function segmentOf(header: Uint8Array, texts: readonly string[]): [Segment, readonly Placed[]] {
  const parts = texts.map((text) => new TextEncoder().encode(text));
  const placed: Placed[] = [];
  let end = header.length;
  for (const [index, { length }] of parts.entries()) {
    placed.push({ text: texts[index] as string, offset: end, length });
    end += length;
  }
  const bytes = new Uint8Array(end);
  bytes.set(header);
  for (const [index, part] of parts.entries()) bytes.set(part, placed[index]?.offset);
  return [new Segment(bytes, header.length), placed];
}

const header = new Uint8Array([0xff, 0x80, 0x00]);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a segment', () => {
  it('gives every text, in whatever order they are read and of whatever scripts they are', () => {
    const unit = fc.constantFrom('grapheme-ascii', 'grapheme', 'binary');
    const texts = fc.array(
      unit.chain((kind) => fc.string({ unit: kind as 'grapheme', maxLength: 20 })),
      { maxLength: 8 },
    );
    const segments = fc.array(
      texts.chain((list) =>
        fc.record({
          texts: fc.constant(list),
          order: fc.array(fc.nat(Math.max(0, list.length - 1)), { maxLength: 12 }),
        }),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(segments, fc.uint8Array({ maxLength: 16 }), (list, head) => {
        const decoding = new WholeDecoding();
        for (const { texts: given, order } of list) {
          const [segment, placed] = segmentOf(head, given);
          for (const index of order) {
            const one = placed[index];
            if (one === undefined) continue;
            expect(segment.text(one.offset, one.length, decoding)).toBe(withoutMark(one.text));
          }
        }
      }),
    );
  });

  it('decodes the first text that is read alone, and all of them together with the second', () => {
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    const decoding = new WholeDecoding();
    const [segment, placed] = segmentOf(header, ['one', 'two', 'three', 'four']);
    const held = segment.heldBytes;
    const read = (index: number) => {
      const { offset, length } = placed[index] as Placed;
      return segment.text(offset, length, decoding);
    };
    expect(read(2)).toBe('three');
    expect(segment.heldBytes).toBe(held);
    expect([read(0), read(1), read(3), read(0)]).toEqual(['one', 'two', 'four', 'one']);
    expect(decode).toHaveBeenCalledTimes(2);
    expect(segment.heldBytes).toBe(held + 'onetwothreefour'.length);
  });

  it('does not try again for a while when there was more than ASCII', () => {
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    const decoding = new WholeDecoding();
    const readTwo = (texts: readonly [string, string]): number => {
      decode.mockClear();
      const [segment, placed] = segmentOf(header, texts);
      const seen = placed.map(({ offset, length }) => segment.text(offset, length, decoding));
      expect(seen).toEqual(texts);
      return decode.mock.calls.length;
    };
    expect(readTwo(['žádost', 'vote'])).toBe(3);
    for (let one = 0; one < 16; ++one) expect(readTwo(['bill', 'vote'])).toBe(2);
    expect(readTwo(['bill', 'vote'])).toBe(2);
    expect(readTwo(['žádost', 'vote'])).toBe(3);
  });
});

/** A decoder takes a byte order mark at the beginning for what it is. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
