import type { Readable } from './readable.js';

/** What a service needs of a manager to keep topics subscribed. */
export interface TopicSubscriber<Callback> {
  subscribe(topic: string, callback: Callback): string;
  unsubscribe(id: string): unknown;
}

interface Reference {
  readonly id: string;
  count: number;
}

/** Topics with reference counts: the first to come subscribes at the manager, the last to go unsubscribes. */
export class TopicReferences<Callback> implements Readable {
  private readonly references = new Map<string, Reference>();
  private readonly listeners = new Set<() => void>();
  private changes = 0;

  constructor(
    private readonly manager: TopicSubscriber<Callback>,
    private readonly callback: Callback,
  ) {}

  /** Topics with at least one reference. */
  get size(): number {
    return this.references.size;
  }

  /** The topics with at least one reference, in the order in which they came. */
  names(): string[] {
    return [...this.references.keys()];
  }

  /** Another number whenever a topic came or went. */
  version(): number {
    return this.changes;
  }

  watch(listener: () => void): () => void {
    const watcher = (): void => {
      listener();
    };
    this.listeners.add(watcher);
    return () => {
      this.listeners.delete(watcher);
    };
  }

  /** The references to a topic. */
  count(topic: string): number {
    return this.references.get(topic)?.count ?? 0;
  }

  has(topic: string): boolean {
    return this.references.has(topic);
  }

  /** Returns the manager's id of the topic's one subscription. */
  acquire(topic: string): string {
    const known = this.references.get(topic);
    if (known !== undefined) {
      ++known.count;
      return known.id;
    }
    const id = this.manager.subscribe(topic, this.callback);
    this.references.set(topic, { id, count: 1 });
    this.changed();
    return id;
  }

  /** Returns whether that was the last reference. Without any, nothing happens. */
  release(topic: string): boolean {
    const reference = this.references.get(topic);
    if (reference === undefined || --reference.count > 0) return false;
    this.references.delete(topic);
    this.manager.unsubscribe(reference.id);
    this.changed();
    return true;
  }

  releaseAll(): void {
    for (const { id } of this.references.values()) this.manager.unsubscribe(id);
    this.references.clear();
    this.changed();
  }

  private changed(): void {
    ++this.changes;
    for (const listener of [...this.listeners]) listener();
  }
}
