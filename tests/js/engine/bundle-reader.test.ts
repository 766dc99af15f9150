// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { EntryKind, EntryWord, HeaderWord } from '../../../js/src/engine/abi.js';
import { Bundle } from '../../../js/src/engine/bundle-reader.js';
import { BundleWriter } from '../read-model/support/bundle-writer.js';

function corrupted(change: (words: Uint32Array) => void): () => Bundle {
  const buffer = new BundleWriter().opened(1, 'bill:1').buffer().slice(0);
  change(new Uint32Array(buffer, 0, buffer.byteLength >>> 2));
  return () => new Bundle(buffer);
}

describe('a bundle', () => {
  it('is read in place', () => {
    const bundle = new BundleWriter().opened(7, 'bill:7').tokenWanted(3).bundle();
    const [first, second] = [bundle.entryAt(0), bundle.entryAt(1)];
    expect(bundle.entryCount).toBe(2);
    expect(bundle.page).toBe(1);
    expect(bundle.field(first, EntryWord.kind)).toBe(EntryKind.topicOpened);
    expect(bundle.field(first, EntryWord.key)).toBe(7);
    expect(bundle.text(first)).toBe('bill:7');
    expect(bundle.field(second, EntryWord.key)).toBe(3);
    expect(bundle.text(second)).toBe('');
  });

  it('carries text beyond ASCII', () => {
    const bundle = new BundleWriter().opened(1, 'Maßnahme “β” 🗳').bundle();
    expect(bundle.text(bundle.entryAt(0))).toBe('Maßnahme “β” 🗳');
  });

  it('carries counters', () => {
    const counters = new Float64Array(2);
    new BundleWriter()
      .counter('framesReceived', 2)
      .counter('bytesReceived', 2 ** 40)
      .bundle()
      .copyCounters(counters);
    expect([...counters]).toEqual([2, 2 ** 40]);
  });
});

describe('a buffer that is no bundle is refused with one clear error', () => {
  it.each([
    ['an empty buffer', () => new Bundle(new ArrayBuffer(0)), /has 0 bytes, a header alone has 64/],
    [
      'another magic',
      corrupted((words) => words.fill(0xffff, 0, 1)),
      /starts with 0xffff instead of 0x31425643/,
    ],
    [
      'another length',
      corrupted((words) => words.fill(5, HeaderWord.byteLength, 2)),
      /header says 5 bytes, it has \d{3}\./,
    ],
    [
      'too many entries',
      corrupted((words) => words.fill(999, HeaderWord.entryCount, 3)),
      /entries lie outside/,
    ],
    [
      'misplaced counters',
      corrupted((words) => words.fill(12, HeaderWord.countersOffset, 5)),
      /counters lie outside/,
    ],
    [
      'text beyond its end',
      corrupted((words) => {
        const at = (words[HeaderWord.entriesOffset] as number) / 4 + EntryWord.textOffset;
        words.fill(0xffffffff, at, at + 1);
      }),
      /text of entry 0 lies outside/,
    ],
  ])('%s', (_name, read, message) => {
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'bundle-unreadable' }));
  });
});
