import type { CellKind } from '../engine/abi.js';
import type { ReadModel } from '../engine/client.js';

/** Something that can be read and followed. */
export interface Readable {
  /** The same for as long as what there is to read is the same, by `Object.is`. */
  version(): unknown;
  watch(listener: () => void): () => void;
  /** Subscribes what has to be subscribed for there to be something to read; returns what ends that. */
  readonly hold?: () => () => void;
}

/** One cell of one topic; nothing where there is no engine. */
export function cellReadable(
  readModel: ReadModel | undefined,
  topic: string,
  cell: CellKind,
): Readable {
  return {
    version: () => readModel?.version(topic, cell) ?? 0,
    watch: (listener) => readModel?.watch(topic, cell, listener) ?? (() => undefined),
  };
}

/** Something read out of `source`, which changes less often than that. */
export function partOf(source: Readable, read: () => unknown): Readable {
  return { version: read, watch: (listener) => source.watch(listener) };
}

/** Several things as one. */
export function allOf(sources: readonly Readable[]): Readable {
  return {
    version: () => sources.map((source) => String(source.version())).join(' '),
    watch: (listener) => {
      const ends = sources.map((source) => source.watch(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** As `source`, for which `hold` subscribes. */
export function holding(source: Readable, hold: () => () => void): Readable {
  return { version: () => source.version(), watch: (listener) => source.watch(listener), hold };
}
