import type { ChunkQueue, RawLog } from './raw-log.js';

const nothing: readonly never[] = Object.freeze([]);

/**
 * The records of one cell, oldest first. What came is kept as bytes until somebody reads; what was read is kept as
 * objects, so that a record is parsed once and stays the same object for as long as the cell holds it. The list an
 * engine value has is a list of at most one.
 */
export class RecordList implements ChunkQueue {
  /** The queue of unread chunks, for the log. */
  first = 0;
  last = 0;
  private records: readonly unknown[] = nothing;
  /** How many of the oldest `records` are gone. */
  private gone = 0;
  private unreadCount = 0;
  /** How many of the oldest records of the first unread chunk are gone. */
  private goneUnread = 0;

  /** How many records it holds. */
  get length(): number {
    return this.records.length - this.gone + this.unreadCount;
  }

  /** Whether reading has something to decode. */
  get hasUnread(): boolean {
    return this.unreadCount > 0;
  }

  /** All but the newest `kept` records go; then `count` come, `length` bytes from `offset` of the log's open buffer. */
  change(log: RawLog, kept: number, offset: number, length: number, count: number): void {
    const excess = this.length - kept;
    if (excess > 0) this.dropOldest(log, excess);
    if (count === 0) return;
    log.append(this, offset, length, count);
    this.unreadCount += count;
  }

  clear(log: RawLog): void {
    this.dropOldest(log, this.length);
  }

  /**
   * The same array as long as nothing changed. `onUnreadable` is told when new records are no JSON; they are left out
   * then, so that a component that reads never throws for what an engine did.
   */
  read(log: RawLog, onUnreadable: (error: unknown) => void): readonly unknown[] {
    if (this.unreadCount === 0) {
      if (this.gone > 0) {
        this.records = this.gone === this.records.length ? nothing : this.records.slice(this.gone);
        this.gone = 0;
      }
      return this.records;
    }
    const parsed = this.parseUnread(log, onUnreadable);
    if (this.gone === this.records.length) {
      this.records = this.goneUnread === 0 ? parsed : parsed.slice(this.goneUnread);
    } else {
      const records = this.records.slice(this.gone);
      for (let index = this.goneUnread; index < parsed.length; ++index) records.push(parsed[index]);
      this.records = records;
    }
    this.gone = 0;
    this.goneUnread = 0;
    this.unreadCount = 0;
    log.clear(this);
    return this.records;
  }

  private dropOldest(log: RawLog, count: number): void {
    const read = Math.min(count, this.records.length - this.gone);
    this.gone += read;
    if (this.gone === this.records.length) {
      this.records = nothing;
      this.gone = 0;
    }
    this.unreadCount -= count - read;
    this.goneUnread += count - read;
    while (this.first !== 0 && this.goneUnread >= log.count(this.first)) {
      this.goneUnread -= log.count(this.first);
      log.dropFirst(this);
    }
  }

  private parseUnread(log: RawLog, onUnreadable: (error: unknown) => void): unknown[] {
    const { first, last } = this;
    let text = log.text(first);
    try {
      if (first === last && log.count(first) === 1) return [JSON.parse(text)];
      for (let chunk = first; chunk !== last;) {
        chunk = log.next(chunk);
        text += `,${log.text(chunk)}`;
      }
      return JSON.parse(`[${text}]`) as unknown[];
    } catch (error) {
      onUnreadable(error);
      return [];
    }
  }
}
