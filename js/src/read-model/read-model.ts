import { EntryKind, EntryWord, counterNames } from '../engine/abi.js';
import { readFigures, type EngineFigures } from './engine-figures.js';
import { RawLog } from './raw-log.js';
import { TopicTable } from './topic-table.js';
import { NotificationRound, Watchers } from './watchers.js';
import { tellHappenings } from './happenings.js';
import type { CellKind, CounterName } from '../engine/abi.js';
import type { Bundle } from '../engine/bundle-reader.js';
import type { CellValues, ListCell, ListRecords, ValueCell } from '../engine/cell-records.js';
import type { ConnectionSnapshot, ReadModel } from '../engine/client.js';
import type { HappeningSink } from './happenings.js';
import type { DeliveryGuarantee } from '../types.js';
import type { Measure } from '../profiling/measure.js';
import type { RawLogOptions } from './raw-log.js';
import type { Cell, Topic } from './topic-table.js';
import type { ListenerErrorHandler } from './watchers.js';

export interface BundleReadModelOptions {
  /** Told what a listener threw, and what could not be parsed. */
  onListenerError: ListenerErrorHandler;
  rawLog?: RawLogOptions;
  /** Measures reading what nobody has read yet; nothing is measured without it. */
  measure?: Measure;
}

type Read = (cell: Cell, log: RawLog, onUnreadable: ListenerErrorHandler) => unknown;

const read: Read = (cell, log, onUnreadable) => cell.read(log, onUnreadable);
const readValue: Read = (cell, log, onUnreadable) => cell.readValue(log, onUnreadable);

const nothing: readonly never[] = Object.freeze([]);

const notConnected: ConnectionSnapshot = Object.freeze({
  state: 'disconnected',
  previousState: 'disconnected',
  quality: 'disconnected',
  attempt: 0,
});

/**
 * The page's copy of what bundles said. Applying a bundle notes where each cell's new bytes are and decodes no record;
 * reading decodes and parses what nobody has read yet.
 */
export class BundleReadModel implements ReadModel {
  private readonly log: RawLog;
  private readonly topics = new TopicTable();
  private readonly connectionWatchers = new Watchers();
  private readonly counters = new Float64Array(counterNames.length);
  private readonly round: NotificationRound;
  private readonly onListenerError: ListenerErrorHandler;
  private readonly measure: Measure | undefined;
  private connectionSnapshot = notConnected;
  private newestFigures: EngineFigures | null = null;
  private connectionChanges: ConnectionSnapshot[] = [];
  private changedCells: Cell[] = [];
  private lastVersion = 0;

  constructor(options: BundleReadModelOptions) {
    this.onListenerError = options.onListenerError;
    this.measure = options.measure;
    this.log = new RawLog(options.rawLog);
    this.round = new NotificationRound(options.onListenerError);
  }

  /** Bytes of bundles that are kept because somebody may still read records in them. */
  get heldBytes(): number {
    return this.log.heldBytes;
  }

  /** Bytes of records nobody has read. */
  get liveBytes(): number {
    return this.log.liveBytes;
  }

  list<Kind extends ListCell>(topic: string, cell: Kind): readonly ListRecords[Kind][] {
    const known = this.topics.find(topic)?.cells[cell];
    if (known === undefined) return nothing;
    return this.measuredRead(topic, known, read) as readonly ListRecords[Kind][];
  }

  value<Kind extends ValueCell>(topic: string, cell: Kind): CellValues[Kind] | null {
    const known = this.topics.find(topic)?.cells[cell];
    if (known === undefined) return null;
    return this.measuredRead(topic, known, readValue) as CellValues[Kind] | null;
  }

  version(topic: string, cell: CellKind): number {
    const known = this.topics.find(topic)?.cells[cell];
    return known === undefined ? 0 : known.version;
  }

  watch(topic: string, cell: CellKind, listener: () => void): () => void {
    const watched = this.topics.named(topic);
    const remove = watched.cell(cell).watchers.add(listener, this.round);
    return () => {
      remove();
      this.topics.forgetIfUnused(watched);
    };
  }

  connection(): ConnectionSnapshot {
    return this.connectionSnapshot;
  }

  watchConnection(listener: () => void): () => void {
    return this.connectionWatchers.add(listener, this.round);
  }

  counter(name: CounterName): number {
    return this.counters[counterNames.indexOf(name)] ?? 0;
  }

  figures(): EngineFigures | null {
    return this.newestFigures;
  }

  guarantees(): Record<string, DeliveryGuarantee> {
    const guarantees: Record<string, DeliveryGuarantee> = {};
    for (const { name, isOrdered } of this.topics.openTopics()) {
      if (!name.startsWith('local:')) {
        guarantees[name] = isOrdered ? 'exactly-ordered' : 'best-effort';
      }
    }
    return guarantees;
  }

  /** Applies the whole bundle, then calls watchers, then tells `sink` what happened. Returns whether it told anybody. */
  apply(bundle: Bundle, sink: HappeningSink): boolean {
    this.topics.endBundle();
    const happened = this.applyState(bundle, sink);
    const connectionChanges = this.connectionChanges;
    this.connectionChanges = [];
    const notified = this.notify(connectionChanges.length > 0);
    if (!happened) return notified;
    tellHappenings(
      bundle,
      {
        topicName: (handle) => this.topics.nameOf(handle),
        connectionChanges,
        onListenerError: this.onListenerError,
      },
      sink,
    );
    return true;
  }

  /** The engine is gone: forgets what it said and calls the watchers of everything that was known. */
  reset(): void {
    for (const handle of this.topics.openHandles()) this.closeTopic(handle);
    this.topics.endBundle();
    this.counters.fill(0);
    this.newestFigures = null;
    const previousState = this.connectionSnapshot.state;
    const connectionChanged = previousState !== 'disconnected';
    if (connectionChanged) {
      this.connectionSnapshot = Object.freeze({ ...notConnected, previousState });
    }
    this.notify(connectionChanged);
  }

  /** Whether the bundle has anything beside state. */
  private applyState(bundle: Bundle, sink: HappeningSink): boolean {
    let happened = false;
    bundle.copyCounters(this.counters);
    this.log.begin(bundle.bytes, bundle.textStart);
    for (let index = 0; index < bundle.entryCount; ++index) {
      const entry = bundle.entryAt(index);
      switch (bundle.field(entry, EntryWord.kind)) {
        case EntryKind.cellChanged:
          this.changeCell(bundle, entry);
          break;
        case EntryKind.topicOpened:
          this.openTopic(bundle.field(entry, EntryWord.key), bundle.text(entry));
          break;
        case EntryKind.topicClosed:
          this.closeTopic(bundle.field(entry, EntryWord.key));
          break;
        case EntryKind.connection:
          this.changeConnection(bundle.text(entry));
          happened = true;
          break;
        case EntryKind.figures:
          this.changeFigures(bundle.text(entry));
          sink.figures();
          break;
        case EntryKind.guarantee:
          this.changeGuarantee(bundle, entry);
          break;
        default:
          happened = true;
      }
    }
    this.log.end();
    return happened;
  }

  private changeCell(bundle: Bundle, entry: number): void {
    const topic = this.topics.findOpen(bundle.field(entry, EntryWord.key));
    if (topic === undefined) return;
    const cell = topic.cell(bundle.field(entry, EntryWord.a));
    cell.change(
      this.log,
      bundle.field(entry, EntryWord.extra),
      bundle.field(entry, EntryWord.textOffset),
      bundle.field(entry, EntryWord.textLength),
      bundle.field(entry, EntryWord.count),
    );
    cell.version = ++this.lastVersion;
    this.mark(cell);
  }

  private measuredRead(topic: string, cell: Cell, read: Read): unknown {
    const { log, measure, onListenerError } = this;
    if (measure === undefined || !cell.hasUnread) return read(cell, log, onListenerError);
    return measure('read', topic, () => read(cell, log, onListenerError));
  }

  private changeGuarantee(bundle: Bundle, entry: number): void {
    const topic = this.topics.findOpen(bundle.field(entry, EntryWord.key));
    if (topic !== undefined) topic.isOrdered = bundle.field(entry, EntryWord.a) === 1;
  }

  private openTopic(handle: number, name: string): void {
    this.closeTopic(handle);
    this.topics.open(handle, name);
  }

  private closeTopic(handle: number): void {
    const topic: Topic | undefined = this.topics.close(handle);
    for (const cell of topic?.cells ?? nothing) {
      if (cell === undefined || cell.version === 0) continue;
      cell.clear(this.log);
      cell.version = 0;
      this.mark(cell);
    }
  }

  private changeConnection(text: string): void {
    try {
      this.connectionSnapshot = Object.freeze(JSON.parse(text) as ConnectionSnapshot);
      this.connectionChanges.push(this.connectionSnapshot);
    } catch (error) {
      this.onListenerError(error);
    }
  }

  private changeFigures(text: string): void {
    try {
      this.newestFigures = readFigures(text, (key) => this.topics.findOpen(key)?.name);
    } catch (error) {
      this.onListenerError(error);
    }
  }

  private mark(cell: Cell): void {
    if (cell.isMarked) return;
    cell.isMarked = true;
    this.changedCells.push(cell);
  }

  /** Whether there was anybody to call. */
  private notify(connectionChanged: boolean): boolean {
    const changed: Watchers[] = [];
    const cells = this.changedCells;
    this.changedCells = [];
    for (const cell of cells) {
      cell.isMarked = false;
      if (!cell.watchers.isEmpty) changed.push(cell.watchers);
    }
    if (connectionChanged) changed.push(this.connectionWatchers);
    if (changed.length > 0) this.round.run(changed);
    return changed.length > 0;
  }
}
