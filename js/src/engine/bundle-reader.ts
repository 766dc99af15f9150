import { EngineError } from './engine-error.js';
import { EntryWord, HeaderWord, bundleMagic, entryWords, headerWords } from './abi.js';

const decoder = new TextDecoder();

/**
 * One bundle, read in place. Entries are addressed by the index of their first word (`entryAt`), so that walking a
 * bundle creates no objects.
 */
export class Bundle {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly entryCount: number;
  readonly page: number;
  /** Where the texts of its entries begin in `bytes`; they are the rest of it. */
  readonly textStart: number;
  /** Milliseconds since the Unix epoch at which the engine filled the bundle. */
  readonly now: number;
  private readonly firstEntry: number;

  /** Throws an `EngineError` with code `bundle-unreadable` when the buffer is not exactly one well-formed bundle. */
  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer, 0, buffer.byteLength >>> 2);
    checkHeader(this.words, buffer.byteLength);
    this.entryCount = wordAt(this.words, HeaderWord.entryCount);
    this.firstEntry = wordAt(this.words, HeaderWord.entriesOffset) >>> 2;
    this.page = wordAt(this.words, HeaderWord.page);
    const counterBytes = wordAt(this.words, HeaderWord.counterCount) * 8;
    this.textStart = wordAt(this.words, HeaderWord.countersOffset) + counterBytes;
    this.now = new Float64Array(buffer, HeaderWord.now * 4, 1)[0] as number;
    checkEntries(this);
  }

  /** The index of the first word of entry `index`, for `field`. */
  entryAt(index: number): number {
    return this.firstEntry + index * entryWords;
  }

  /** `name` is one of `EntryWord`. */
  field(entry: number, name: number): number {
    return wordAt(this.words, entry + name);
  }

  /** Decodes the entry's text. */
  text(entry: number): string {
    const start = this.field(entry, EntryWord.textOffset);
    return decoder.decode(
      this.bytes.subarray(start, start + this.field(entry, EntryWord.textLength)),
    );
  }

  /** Copies the counters into `target`; those the bundle does not have are left alone. */
  copyCounters(target: Float64Array): void {
    const count = Math.min(wordAt(this.words, HeaderWord.counterCount), target.length);
    const offset = wordAt(this.words, HeaderWord.countersOffset);
    target.set(new Float64Array(this.words.buffer, offset, count));
  }
}

function wordAt(words: Uint32Array, index: number): number {
  return words[index] as number;
}

function checkHeader(words: Uint32Array, byteLength: number): void {
  if (byteLength < headerWords * 4) {
    throw unreadable(`it has ${byteLength} bytes, a header alone has ${headerWords * 4}`);
  }
  const magic = wordAt(words, HeaderWord.magic);
  if (magic !== bundleMagic) {
    throw unreadable(
      `it starts with 0x${magic.toString(16)} instead of 0x${bundleMagic.toString(16)}`,
    );
  }
  const claimed = wordAt(words, HeaderWord.byteLength);
  if (claimed !== byteLength) {
    throw unreadable(`its header says ${claimed} bytes, it has ${byteLength}`);
  }
  const entries = wordAt(words, HeaderWord.entriesOffset);
  const entriesEnd = entries + wordAt(words, HeaderWord.entryCount) * entryWords * 4;
  if (entries % 4 !== 0 || entriesEnd > byteLength) {
    throw unreadable('its entries lie outside of it');
  }
  const counters = wordAt(words, HeaderWord.countersOffset);
  const countersEnd = counters + wordAt(words, HeaderWord.counterCount) * 8;
  if (counters % 8 !== 0 || countersEnd > byteLength) {
    throw unreadable('its counters lie outside of it');
  }
}

function checkEntries(bundle: Bundle): void {
  const byteLength = bundle.bytes.length;
  for (let index = 0; index < bundle.entryCount; ++index) {
    const entry = bundle.entryAt(index);
    const end =
      bundle.field(entry, EntryWord.textOffset) + bundle.field(entry, EntryWord.textLength);
    if (end > byteLength) throw unreadable(`the text of entry ${index} lies outside of it`);
  }
}

function unreadable(reason: string): EngineError {
  return new EngineError(
    'bundle-unreadable',
    `A bundle of the engine cannot be read: ${reason}. The page and the engine are probably of different versions.`,
  );
}
