import { CellKind, type CounterName } from '../../../js/src/engine/abi.js';
import type {
  CellValues,
  ListCell,
  ListRecords,
  ValueCell,
} from '../../../js/src/engine/cell-records.js';
import type { ConnectionSnapshot, ReadModel } from '../../../js/src/engine/client.js';
import type { EngineFigures } from '../../../js/src/read-model/engine-figures.js';
import type { DeliveryGuarantee } from '../../../js/src/types.js';

interface Cell {
  /** The last is the value of a cell that has one. */
  records: readonly unknown[];
  version: number;
  readonly listeners: Set<() => void>;
}

const noRecords: readonly never[] = [];

/** State that changes when a test says so. */
export class FakeReadModel implements ReadModel {
  private readonly cells = new Map<string, Cell>();
  private lastVersion = 0;
  ordered: Record<string, DeliveryGuarantee> = {};
  counters: Partial<Record<CounterName, number>> = {};
  newestFigures: EngineFigures | null = null;
  heldBytes = 0;

  list<Kind extends ListCell>(topic: string, cell: Kind): readonly ListRecords[Kind][] {
    return (this.cells.get(keyOf(topic, cell))?.records ??
      noRecords) as readonly ListRecords[Kind][];
  }

  value<Kind extends ValueCell>(topic: string, cell: Kind): CellValues[Kind] | null {
    const records = this.cells.get(keyOf(topic, cell))?.records ?? noRecords;
    return (records.at(-1) ?? null) as CellValues[Kind] | null;
  }

  version(topic: string, cell: CellKind): number {
    return this.cells.get(keyOf(topic, cell))?.version ?? 0;
  }

  watch(topic: string, cell: CellKind, listener: () => void): () => void {
    const { listeners } = this.cell(topic, cell);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  connection(): ConnectionSnapshot {
    const state = 'disconnected';
    return { state, previousState: state, quality: state, attempt: 0 };
  }

  watchConnection(): () => void {
    return () => undefined;
  }

  counter(name: CounterName): number {
    return this.counters[name] ?? 0;
  }

  figures(): EngineFigures | null {
    return this.newestFigures;
  }

  guarantees(): Record<string, DeliveryGuarantee> {
    return this.ordered;
  }

  /** Listeners there are, on anything. */
  get watcherCount(): number {
    let count = 0;
    for (const { listeners } of this.cells.values()) count += listeners.size;
    return count;
  }

  /** One bundle in which each of these bills has a further update. */
  addUpdates(...bills: readonly number[]): void {
    this.change(
      ...bills.map((bill) => {
        const topic = `bill:${bill}`;
        const known = this.list(topic, CellKind.billUpdates);
        const data = { billId: bill, newStatus: `status ${known.length + 1}` };
        const update = { type: 'status_change', data, timestamp: this.lastVersion + 1 };
        return [topic, CellKind.billUpdates, [...known, update]] as const;
      }),
    );
  }

  setEngagement(bill: number, viewCount: number): void {
    const counts = { viewCount, saveCount: 0, commentCount: 0, shareCount: 0 };
    const metrics = { bill_id: bill, ...counts, timestamp: 0 };
    this.change([`bill:${bill}`, CellKind.billEngagement, [metrics]]);
  }

  /** One bundle in which a cell has this value. */
  setValue<Kind extends ValueCell>(topic: string, cell: Kind, value: CellValues[Kind]): void {
    this.change([topic, cell, [value]]);
  }

  /** One bundle in which a list has these records. */
  setList<Kind extends ListCell>(
    topic: string,
    cell: Kind,
    records: readonly ListRecords[Kind][],
  ): void {
    this.change([topic, cell, records]);
  }

  forget(): void {
    const changed = [...this.cells.values()].filter((cell) => cell.version !== 0);
    for (const cell of changed) {
      cell.version = ++this.lastVersion;
      cell.records = noRecords;
    }
    tell(changed);
  }

  private change(
    ...changes: readonly (readonly [topic: string, kind: CellKind, records: readonly unknown[]])[]
  ): void {
    const changed = changes.map(([topic, kind, records]) => {
      const cell = this.cell(topic, kind);
      cell.version = ++this.lastVersion;
      cell.records = records;
      return cell;
    });
    tell(changed);
  }

  private cell(topic: string, kind: CellKind): Cell {
    const key = keyOf(topic, kind);
    let cell = this.cells.get(key);
    if (cell === undefined) {
      cell = { records: noRecords, version: 0, listeners: new Set() };
      this.cells.set(key, cell);
    }
    return cell;
  }
}

function keyOf(topic: string, kind: CellKind): string {
  return `${topic} ${kind}`;
}

/** Every listener once, as the real read model does. */
function tell(cells: readonly Cell[]): void {
  const listeners = new Set(cells.flatMap((cell) => [...cell.listeners]));
  for (const listener of listeners) listener();
}
