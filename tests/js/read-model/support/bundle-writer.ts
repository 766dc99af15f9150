import {
  CellKind,
  EntryKind,
  EntryWord,
  HeaderWord,
  bundleMagic,
  counterNames,
  entryWords,
  headerWords,
} from '../../../../js/src/engine/abi.js';
import { Bundle } from '../../../../js/src/engine/bundle-reader.js';
import type { CounterName, EventKind } from '../../../../js/src/engine/abi.js';

interface Entry {
  kind: number;
  key: number;
  a?: number;
  count?: number;
  extra?: number;
  text?: string;
}

const encoder = new TextEncoder();

/** Writes bundles as the engine does. Every method returns the writer. */
export class BundleWriter {
  private readonly entries: Entry[] = [];
  private readonly counters: Partial<Record<CounterName, number>> = {};

  opened(handle: number, topic: string): this {
    return this.add({ kind: EntryKind.topicOpened, key: handle, text: topic });
  }

  closed(handle: number): this {
    return this.add({ kind: EntryKind.topicClosed, key: handle });
  }

  /** `kept`: how many of the newest records the page already holds stay. */
  cell(handle: number, kind: CellKind, kept: number, records: readonly unknown[]): this {
    return this.rawCell(
      handle,
      kind,
      kept,
      records.length,
      records.map((r) => JSON.stringify(r)).join(','),
    );
  }

  rawCell(handle: number, kind: number, kept: number, count: number, text: string): this {
    return this.add({
      kind: EntryKind.cellChanged,
      key: handle,
      a: kind,
      count,
      extra: kept,
      text,
    });
  }

  /** `topics`: rows in the order of `topicFigureNames`. */
  figures(topics: readonly (readonly number[])[], countedAt = 1): this {
    const text = JSON.stringify({ countedAt, hostBytes: 2, roundTripsMs: [3], topics });
    return this.add({ kind: EntryKind.figures, key: 0, text });
  }

  updates(handle: number, kept: number, records: readonly unknown[]): this {
    return this.cell(handle, CellKind.billUpdates, kept, records);
  }

  engagement(handle: number, metrics: unknown): this {
    return this.cell(handle, CellKind.billEngagement, 0, [metrics]);
  }

  connection(change: Record<string, unknown>): this {
    return this.add({ kind: EntryKind.connection, key: 0, text: JSON.stringify(change) });
  }

  event(kind: EventKind, handle: number, payload: unknown): this {
    return this.add({ kind: EntryKind.event, key: kind, a: handle, text: JSON.stringify(payload) });
  }

  delivery(subscription: number, message: unknown): this {
    return this.add({ kind: EntryKind.delivery, key: subscription, text: JSON.stringify(message) });
  }

  result(command: number, code = 0, error?: string): this {
    return this.add({
      kind: EntryKind.commandResult,
      key: command,
      a: code,
      text: JSON.stringify({ error }),
    });
  }

  error(code: number, error: Record<string, unknown>): this {
    return this.add({ kind: EntryKind.error, key: 0, a: code, text: JSON.stringify(error) });
  }

  tokenWanted(request: number): this {
    return this.add({ kind: EntryKind.tokenWanted, key: request });
  }

  guarantee(handle: number, isOrdered: boolean): this {
    return this.add({ kind: EntryKind.guarantee, key: handle, a: isOrdered ? 1 : 0 });
  }

  counter(name: CounterName, value: number): this {
    this.counters[name] = value;
    return this;
  }

  buffer(): ArrayBuffer {
    const texts = this.entries.map((entry) => encoder.encode(entry.text ?? ''));
    const countersOffset = headerWords * 4;
    const entriesOffset = countersOffset + counterNames.length * 8;
    const textOffset = entriesOffset + this.entries.length * entryWords * 4;
    const byteLength = texts.reduce((sum, text) => sum + text.length, textOffset);
    const buffer = new ArrayBuffer(byteLength);
    const view = new DataView(buffer);
    const bytes = new Uint8Array(buffer);
    const header = (word: number, value: number): void => view.setUint32(word * 4, value, true);
    header(HeaderWord.magic, bundleMagic);
    header(HeaderWord.byteLength, byteLength);
    header(HeaderWord.entryCount, this.entries.length);
    header(HeaderWord.entriesOffset, entriesOffset);
    header(HeaderWord.countersOffset, countersOffset);
    header(HeaderWord.counterCount, counterNames.length);
    header(HeaderWord.page, 1);
    counterNames.forEach((name, index) => {
      view.setFloat64(countersOffset + index * 8, this.counters[name] ?? 0, true);
    });
    let at = textOffset;
    this.entries.forEach((entry, index) => {
      const text = texts[index] as Uint8Array;
      const word = (name: number, value: number): void =>
        view.setUint32(entriesOffset + (index * entryWords + name) * 4, value, true);
      word(EntryWord.kind, entry.kind);
      word(EntryWord.key, entry.key);
      word(EntryWord.a, entry.a ?? 0);
      word(EntryWord.count, entry.count ?? 0);
      word(EntryWord.textOffset, at);
      word(EntryWord.textLength, text.length);
      word(EntryWord.extra, entry.extra ?? 0);
      bytes.set(text, at);
      at += text.length;
    });
    return buffer;
  }

  bundle(): Bundle {
    return new Bundle(this.buffer());
  }

  private add(entry: Entry): this {
    this.entries.push(entry);
    return this;
  }
}
