/** What a `LazyMap` reads; both count as reading when they are called. */
export interface MapSource<Key, Value> {
  keys(): Iterable<Key>;
  /** Undefined: nothing is known. */
  read(key: Key): Value | undefined;
}

/** A map of what is known, which reads an entry when somebody looks at it. */
export class LazyMap<Key, Value> implements ReadonlyMap<Key, Value> {
  constructor(private readonly source: MapSource<Key, Value>) {}

  get size(): number {
    return [...this.entries()].length;
  }

  get(key: Key): Value | undefined {
    return this.source.read(key);
  }

  has(key: Key): boolean {
    return this.source.read(key) !== undefined;
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const key of this.source.keys()) {
      const value = this.source.read(key);
      if (value !== undefined) yield [key, value];
    }
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(
    callback: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void,
    thisArgument?: unknown,
  ): void {
    for (const [key, value] of this.entries()) callback.call(thisArgument, value, key, this);
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }
}
