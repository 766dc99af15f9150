import type { EngineCommand } from '../engine/abi.js';
import type { EngineError } from '../engine/engine-error.js';
import type { EngineSource } from '../engine/module-loader.js';

/** What every host needs to start an engine. */
export interface EngineStart {
  /** The engine's configuration as JSON. */
  readonly config: string;
  /** Seeds the engine's randomness: 32 bits, unsigned. */
  readonly seed: number;
  readonly assets: EngineSource;
  /** Write `performance.measure` entries. */
  readonly measures?: boolean;
}

export interface HostEvents {
  /** Takes over the buffer. */
  bundle(buffer: ArrayBuffer): void;
  /** The engine is gone, once `start` had resolved; nothing follows. */
  failure(error: EngineError): void;
}

/** The place where one engine runs, for one page. Lives from one `start` to one `stop`. */
export interface EngineHost {
  /** Rejects with an `EngineError` when there is no engine; the host is of no use then. */
  start(): Promise<void>;
  /** Only after `start` has resolved. */
  execute(commands: readonly EngineCommand[]): void;
  /** The page is ready for the next bundle, `afterMs` milliseconds from now. */
  returnCredit(afterMs: number): void;
  /**
   * The engine's recording as a file; null when it records nothing. Rejects with an `EngineError` when the engine is gone
   * before it has answered. Only after `start` has resolved.
   */
  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer | null>;
  /** Ends the engine, which closes its connection. No event follows. */
  stop(): void;
}
