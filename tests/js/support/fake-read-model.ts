import { CellKind, type CounterName } from '../../../js/src/engine/abi.js';
import type { ConnectionSnapshot, ReadModel } from '../../../js/src/engine/client.js';
import type { BillUpdate, EngagementMetrics } from '../../../js/src/types.js';

interface Cell {
  updates: readonly BillUpdate[];
  engagement: EngagementMetrics | null;
  version: number;
  readonly listeners: Set<() => void>;
}

const noUpdates: readonly BillUpdate[] = [];

/** State that changes when a test says so. */
export class FakeReadModel implements ReadModel {
  private readonly cells = new Map<string, Cell>();
  private lastVersion = 0;
  counters: Partial<Record<CounterName, number>> = {};

  billUpdates(topic: string): readonly BillUpdate[] {
    return this.cells.get(keyOf(topic, CellKind.billUpdates))?.updates ?? noUpdates;
  }

  engagement(topic: string): EngagementMetrics | null {
    return this.cells.get(keyOf(topic, CellKind.billEngagement))?.engagement ?? null;
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

  /** Listeners there are, on anything. */
  get watcherCount(): number {
    let count = 0;
    for (const { listeners } of this.cells.values()) count += listeners.size;
    return count;
  }

  /** One bundle in which each of these bills has a further update. */
  addUpdates(...bills: readonly number[]): void {
    const changed = bills.map((bill) => {
      const cell = this.cell(`bill:${bill}`, CellKind.billUpdates);
      cell.version = ++this.lastVersion;
      const data = { billId: bill, newStatus: `status ${cell.updates.length + 1}` };
      cell.updates = [...cell.updates, { type: 'status_change', data, timestamp: cell.version }];
      return cell;
    });
    tell(changed);
  }

  setEngagement(bill: number, viewCount: number): void {
    const cell = this.cell(`bill:${bill}`, CellKind.billEngagement);
    cell.version = ++this.lastVersion;
    const counts = { viewCount, saveCount: 0, commentCount: 0, shareCount: 0 };
    cell.engagement = { bill_id: bill, ...counts, timestamp: 0 };
    tell([cell]);
  }

  forget(): void {
    const changed = [...this.cells.values()].filter((cell) => cell.version !== 0);
    for (const cell of changed) {
      cell.version = ++this.lastVersion;
      cell.updates = noUpdates;
      cell.engagement = null;
    }
    tell(changed);
  }

  private cell(topic: string, kind: CellKind): Cell {
    const key = keyOf(topic, kind);
    let cell = this.cells.get(key);
    if (cell === undefined) {
      cell = { updates: noUpdates, engagement: null, version: 0, listeners: new Set() };
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
