// Owns the bytes of records nobody has read yet, in the buffers in which they came. Knows nothing of their meaning.
// Chunks are rows of one Int32Array instead of objects, so that keeping many costs the garbage collector nothing.

import { Segment, WholeDecoding } from './segment.js';

/** A queue of chunks, oldest first, as row numbers of a `RawLog`; 0 = none. Start with both 0. */
export interface ChunkQueue {
  first: number;
  last: number;
}

export interface RawLogOptions {
  /** Bytes that may be held without ever being compacted; 1 MiB. */
  floorBytes?: number;
  /** Held bytes may be this many times the live bytes; 3. At least 2. */
  heldPerLive?: number;
}

const rowWords = 5;
const Row = { segment: 0, offset: 1, length: 2, count: 3, next: 4 } as const;
const free = -1;

/**
 * Bytes stay where they came as long as the buffers held are not a few times larger than what is live in them; then
 * the live chunks move into one new buffer. A byte that came in so pays for at most a constant number of moves.
 */
export class RawLog {
  private readonly floorBytes: number;
  private readonly heldPerLive: number;
  private segments: (Segment | null)[] = [];
  private freeSegments: number[] = [];
  private openSegment = free;
  private rows = new Int32Array(64 * rowWords);
  private rowCount = 1;
  private freeRow = 0;
  private held = 0;
  private live = 0;
  private readonly decoding = new WholeDecoding();

  constructor(options: RawLogOptions = {}) {
    this.floorBytes = options.floorBytes ?? 1 << 20;
    this.heldPerLive = Math.max(2, options.heldPerLive ?? 3);
  }

  /** Bytes of the buffers that are kept, with what each buffer costs beside them. */
  get heldBytes(): number {
    return this.held;
  }

  /** Bytes of the chunks that are queued. */
  get liveBytes(): number {
    return this.live;
  }

  /** Chunks appended until `end` lie in `bytes`, from `textStart`. */
  begin(bytes: Uint8Array, textStart = 0): void {
    this.openSegment = this.addSegment(new Segment(bytes, textStart));
  }

  /** Appends `count` records, which are `length` bytes from `offset` of the buffer given to `begin`. */
  append(queue: ChunkQueue, offset: number, length: number, count: number): void {
    const row = this.takeRow();
    const at = row * rowWords;
    this.rows[at + Row.segment] = this.openSegment;
    this.rows[at + Row.offset] = offset;
    this.rows[at + Row.length] = length;
    this.rows[at + Row.count] = count;
    this.rows[at + Row.next] = 0;
    if (queue.last === 0) queue.first = row;
    else this.rows[queue.last * rowWords + Row.next] = row;
    queue.last = row;
    this.live += length;
    this.segment(this.openSegment).chunkCount += 1;
  }

  /** Ends what `begin` began; compacts when it is time. */
  end(): void {
    const segment = this.openSegment;
    this.openSegment = free;
    if (this.segment(segment).chunkCount === 0) this.releaseSegment(segment);
    if (this.held > this.floorBytes && this.held > this.live * this.heldPerLive) this.compact();
  }

  next(chunk: number): number {
    return this.rows[chunk * rowWords + Row.next] as number;
  }

  count(chunk: number): number {
    return this.rows[chunk * rowWords + Row.count] as number;
  }

  text(chunk: number): string {
    const at = chunk * rowWords;
    const segment = this.segment(this.rows[at + Row.segment] as number);
    const before = segment.heldBytes;
    const [offset, length] = [this.rows[at + Row.offset], this.rows[at + Row.length]];
    const text = segment.text(offset as number, length as number, this.decoding);
    this.held += segment.heldBytes - before;
    return text;
  }

  /** Forgets the oldest chunk of a queue that has one. */
  dropFirst(queue: ChunkQueue): void {
    const row = queue.first;
    const at = row * rowWords;
    queue.first = this.rows[at + Row.next] as number;
    if (queue.first === 0) queue.last = 0;
    const segment = this.rows[at + Row.segment] as number;
    this.live -= this.rows[at + Row.length] as number;
    this.rows[at + Row.segment] = free;
    this.rows[at + Row.next] = this.freeRow;
    this.freeRow = row;
    const left = --this.segment(segment).chunkCount;
    if (left === 0 && segment !== this.openSegment) this.releaseSegment(segment);
  }

  clear(queue: ChunkQueue): void {
    while (queue.first !== 0) this.dropFirst(queue);
  }

  private takeRow(): number {
    const row = this.freeRow;
    if (row !== 0) {
      this.freeRow = this.rows[row * rowWords + Row.next] as number;
      return row;
    }
    if (this.rowCount * rowWords === this.rows.length) {
      const larger = new Int32Array(this.rows.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    return this.rowCount++;
  }

  private segment(index: number): Segment {
    return this.segments[index] as Segment;
  }

  private addSegment(segment: Segment): number {
    const index = this.freeSegments.pop() ?? this.segments.length;
    this.segments[index] = segment;
    this.held += segment.heldBytes;
    return index;
  }

  private releaseSegment(index: number): void {
    this.held -= this.segment(index).heldBytes;
    this.segments[index] = null;
    this.freeSegments.push(index);
  }

  private compact(): void {
    const target = new Uint8Array(this.live);
    let end = 0;
    let chunks = 0;
    for (let row = 1; row < this.rowCount; ++row) {
      const at = row * rowWords;
      const index = this.rows[at + Row.segment] as number;
      if (index === free) continue;
      const offset = this.rows[at + Row.offset] as number;
      const length = this.rows[at + Row.length] as number;
      target.set(this.segment(index).bytes.subarray(offset, offset + length), end);
      this.rows[at + Row.segment] = 0;
      this.rows[at + Row.offset] = end;
      end += length;
      ++chunks;
    }
    this.segments = [];
    this.freeSegments = [];
    this.held = 0;
    if (chunks === 0) return;
    const segment = new Segment(target, 0);
    segment.chunkCount = chunks;
    this.addSegment(segment);
  }
}
