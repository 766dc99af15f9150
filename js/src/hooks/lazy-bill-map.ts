/** What a `LazyBillMap` reads; both count as reading when they are called. */
export interface BillSource<Value> {
  bills(): Iterable<number>;
  /** Undefined: nothing is known of the bill. */
  read(bill: number): Value | undefined;
}

/** A map of bills of which something is known, which reads a bill when somebody looks at it. */
export class LazyBillMap<Value> implements ReadonlyMap<number, Value> {
  constructor(private readonly source: BillSource<Value>) {}

  get size(): number {
    return [...this.entries()].length;
  }

  get(bill: number): Value | undefined {
    return this.source.read(bill);
  }

  has(bill: number): boolean {
    return this.source.read(bill) !== undefined;
  }

  *entries(): MapIterator<[number, Value]> {
    for (const bill of this.source.bills()) {
      const value = this.source.read(bill);
      if (value !== undefined) yield [bill, value];
    }
  }

  *keys(): MapIterator<number> {
    for (const [bill] of this.entries()) yield bill;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(
    callback: (value: Value, bill: number, map: ReadonlyMap<number, Value>) => void,
    thisArgument?: unknown,
  ): void {
    for (const [bill, value] of this.entries()) callback.call(thisArgument, value, bill, this);
  }

  [Symbol.iterator](): MapIterator<[number, Value]> {
    return this.entries();
  }
}
