import type { CellKind, CounterName, EngineCommandName, EngineCommands, EventKind } from './abi.js';
import type { ConnectionChange, ConnectionState, DeliveryGuarantee } from '../types.js';
import type { EngineFigures } from '../read-model/engine-figures.js';
import type { CellValues, ListCell, ListRecords, ValueCell } from './cell-records.js';

/** The connection as of the last bundle. Frozen; a new object for every change. `error.code` is as in ErrorCode. */
export interface ConnectionSnapshot extends Omit<ConnectionChange, 'at'> {
  readonly previousState: ConnectionState;
}

/** What the page knows of the engine's state. Reading parses at most once per version. */
export interface ReadModel {
  /** Oldest first; the same array as long as nothing changed. Empty when nothing is known. */
  list<Kind extends ListCell>(topic: string, cell: Kind): readonly ListRecords[Kind][];
  /** The same object as long as nothing changed; null when nothing is known. */
  value<Kind extends ValueCell>(topic: string, cell: Kind): CellValues[Kind] | null;
  /** Changes exactly when the cell changed, also across forgetting and reopening; 0 = never seen. */
  version(topic: string, cell: CellKind): number;
  /** Calls `listener` once per bundle in which the cell changed, after the whole bundle was applied. */
  watch(topic: string, cell: CellKind, listener: () => void): () => void;
  connection(): ConnectionSnapshot;
  watchConnection(listener: () => void): () => void;
  /** By name, as of the last bundle; zero before the first. */
  counter(name: CounterName): number;
  /** As of the last answer of the engine; null before the first. */
  figures(): EngineFigures | null;
  /** Bytes of bundles that are kept because somebody may still read records in them. */
  readonly heldBytes: number;
  /** What holds for each topic that is open on this page; not for those that never leave the engine. */
  guarantees(): Record<string, DeliveryGuarantee>;
}

/** Things that happened, in order; every handler is called after the bundle's state was applied. */
export interface EngineEvents {
  event: (kind: EventKind, topic: string, payload: () => unknown) => void;
  delivery: (subscription: number, message: unknown) => void;
  connection: (change: ConnectionSnapshot) => void;
  error: (error: { code: string; message: string; context?: Record<string, unknown> }) => void;
  tokenWanted: (request: number) => void;
}

/** One page's line to one engine, wherever the engine runs. */
export interface EngineClient {
  readonly readModel: ReadModel;
  /** Loads and creates the engine; idempotent; rejects with an Error that says what to do, and may be tried again. */
  start(): Promise<void>;
  /** Ends the engine. Commands given afterwards are kept for the next `start`. */
  stop(): void;
  /** Kept and applied in order when the engine is not there yet. */
  command<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void;
  /**
   * A `send` with a promise: resolves when done, rejects with an Error whose `code` names the reason. `options`: JSON as
   * the command has it, or empty.
   */
  send(message: string, options?: string): Promise<void>;
  setHandlers(handlers: Partial<EngineEvents>): void;
  /**
   * Asks the engine for its figures and resolves when the read model has them; at once when no engine runs. Never
   * rejects: when the engine ends first, it resolves with what was known.
   */
  refreshFigures(): Promise<void>;
  /** The engine's recording as a file; rejects with an EngineError when nothing is recorded or no engine runs. */
  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer>;
  /** Where the engine runs in this thread: takes over everything that changed, now. */
  flush?(): void;
  /** Where the engine's time is not the system's: milliseconds since the Unix epoch. */
  now?(): number;
}
