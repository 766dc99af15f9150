type Method = (...args: never[]) => unknown;

interface Result {
  readonly type: 'return' | 'throw';
  readonly value: unknown;
}

/** What a spy has recorded, under the names that Vitest's and Jest's `expect` read. */
export interface SpyRecord<Function extends Method> {
  calls: Parameters<Function>[];
  lastCall: Parameters<Function> | undefined;
  results: Result[];
  contexts: unknown[];
  instances: unknown[];
  invocationCallOrder: number[];
  settledResults: Result[];
}

/** A function that records its calls; `expect` of Vitest and of Jest take it for one of their own. */
export interface Spy<Function extends Method> {
  (...args: Parameters<Function>): ReturnType<Function>;
  readonly _isMockFunction: true;
  readonly mock: SpyRecord<Function>;
  getMockName(): string;
  getMockImplementation(): ((...args: Parameters<Function>) => ReturnType<Function>) | undefined;
  /** Forgets the calls. */
  mockClear(): this;
  /** Forgets the calls, and does again what it did at first. */
  mockReset(): this;
  /** As `mockReset`. */
  mockRestore(): void;
  mockImplementation(implementation: (...args: Parameters<Function>) => ReturnType<Function>): this;
  mockReturnValue(value: ReturnType<Function>): this;
}

let calls = 0;

/** Records the calls of `original` and does what it does. */
export function createSpy<Function extends Method>(
  name: string,
  original: Function,
): Spy<Function> {
  type Implementation = (...args: Parameters<Function>) => ReturnType<Function>;
  let implementation = original as unknown as Implementation;
  const record = {} as SpyRecord<Function>;
  clear();

  function clear(): void {
    const empty = { calls: [], results: [], contexts: [], instances: [] };
    Object.assign(record, empty, { invocationCallOrder: [], settledResults: [] });
    record.lastCall = undefined;
  }

  function called(this: unknown, ...args: Parameters<Function>): ReturnType<Function> {
    record.calls.push(args);
    record.lastCall = args;
    record.contexts.push(this);
    record.instances.push(this);
    record.invocationCallOrder.push(++calls);
    try {
      const value = implementation.apply(this, args);
      record.results.push({ type: 'return', value });
      return value;
    } catch (error) {
      record.results.push({ type: 'throw', value: error });
      throw error;
    }
  }

  const spy: Spy<Function> = Object.assign(called, {
    _isMockFunction: true as const,
    mock: record,
    getMockName: () => name,
    getMockImplementation: () => implementation,
    mockClear: () => {
      clear();
      return spy;
    },
    mockReset: () => {
      clear();
      implementation = original as unknown as Implementation;
      return spy;
    },
    mockRestore: () => {
      spy.mockReset();
    },
    mockImplementation: (other: Implementation) => {
      implementation = other;
      return spy;
    },
    mockReturnValue: (value: ReturnType<Function>) => spy.mockImplementation(() => value),
  });
  return spy;
}
