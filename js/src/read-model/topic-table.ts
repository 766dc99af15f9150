import { keepSame } from './keep-same.js';
import type { RawLog } from './raw-log.js';
import { RecordList } from './record-list.js';
import { Watchers } from './watchers.js';

/** One readable thing of one topic: its records, and who watches it. */
export class Cell extends RecordList {
  /** 0 while nothing is known; otherwise never the same for different content, also across reopening the topic. */
  version = 0;
  /** Whether it is already among the changed cells of the bundle that is being applied. */
  isMarked = false;
  readonly watchers = new Watchers();
  /** What `readValue` parsed last, and what it gave. */
  private parsed: unknown = null;
  private value: unknown = null;

  constructor(private readonly kind: number) {
    super();
  }

  /** Of a cell that has one value. The same object as long as nothing changed; null: there is none. */
  readValue(log: RawLog, onUnreadable: (error: unknown) => void): unknown {
    const parsed = this.read(log, onUnreadable).at(-1) ?? null;
    if (parsed === this.parsed) return this.value;
    const keep = keepSame[this.kind as keyof typeof keepSame] as KeepAny | undefined;
    const before = this.value;
    this.parsed = parsed;
    this.value =
      keep === undefined || parsed === null || before === null ? parsed : keep(before, parsed);
    return this.value;
  }

  override clear(log: RawLog): void {
    super.clear(log);
    this.parsed = null;
    this.value = null;
  }
}

type KeepAny = (before: unknown, now: unknown) => unknown;

export class Topic {
  readonly cells: (Cell | undefined)[] = [];
  isOpen = false;
  /** Its messages come once and in order, or their absence is told. */
  isOrdered = false;

  constructor(readonly name: string) {}

  /** The cell of a `CellKind`; made when it is not there. */
  cell(kind: number): Cell {
    return (this.cells[kind] ??= new Cell(kind));
  }

  get isWatched(): boolean {
    return this.cells.some((cell) => cell !== undefined && !cell.watchers.isEmpty);
  }
}

/** Topics by name and by the engine's handles. A topic is kept while it is open or somebody watches it. */
export class TopicTable {
  private readonly byName = new Map<string, Topic>();
  /** The open topics. A map: the engine never uses a handle again, so an array would only ever grow. */
  private readonly byHandle = new Map<number, Topic>();
  /** Topics closed by the current bundle, whose events may still name them. */
  private readonly closing = new Map<number, Topic>();

  find(name: string): Topic | undefined {
    return this.byName.get(name);
  }

  findOpen(handle: number): Topic | undefined {
    return this.byHandle.get(handle);
  }

  /** The topic of that name; made when it is not there. */
  named(name: string): Topic {
    let topic = this.byName.get(name);
    if (topic === undefined) {
      topic = new Topic(name);
      this.byName.set(name, topic);
    }
    return topic;
  }

  open(handle: number, name: string): void {
    const topic = this.named(name);
    topic.isOpen = true;
    topic.isOrdered = false;
    this.byHandle.set(handle, topic);
  }

  /** The topic's name stays known to `nameOf` until `endBundle`. */
  close(handle: number): Topic | undefined {
    const topic = this.byHandle.get(handle);
    if (topic === undefined) return undefined;
    this.byHandle.delete(handle);
    this.closing.set(handle, topic);
    topic.isOpen = false;
    this.forgetIfUnused(topic);
    return topic;
  }

  /** Empty when there is no such topic. */
  nameOf(handle: number): string {
    return (this.byHandle.get(handle) ?? this.closing.get(handle))?.name ?? '';
  }

  openTopics(): Iterable<Topic> {
    return this.byHandle.values();
  }

  openHandles(): number[] {
    return [...this.byHandle.keys()];
  }

  endBundle(): void {
    if (this.closing.size > 0) this.closing.clear();
  }

  forgetIfUnused(topic: Topic): void {
    if (topic.isOpen || topic.isWatched) return;
    if (this.byName.get(topic.name) === topic) this.byName.delete(topic.name);
  }
}
