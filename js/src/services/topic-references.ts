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
export class TopicReferences<Callback> {
  private readonly references = new Map<string, Reference>();

  constructor(
    private readonly manager: TopicSubscriber<Callback>,
    private readonly callback: Callback,
  ) {}

  /** Topics with at least one reference. */
  get size(): number {
    return this.references.size;
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
    return id;
  }

  /** Returns whether that was the last reference. Without any, nothing happens. */
  release(topic: string): boolean {
    const reference = this.references.get(topic);
    if (reference === undefined || --reference.count > 0) return false;
    this.references.delete(topic);
    this.manager.unsubscribe(reference.id);
    return true;
  }

  releaseAll(): void {
    for (const { id } of this.references.values()) this.manager.unsubscribe(id);
    this.references.clear();
  }
}
