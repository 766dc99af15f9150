import type { EngineCommandName, EngineCommands } from './abi.js';

/** What the engine asks of the place it runs in. */
export interface CivicHost {
  /** Milliseconds since the Unix epoch, never backward. */
  now(): number;
  /** When to call `_civic_advance` at the latest, in milliseconds since the epoch; `Infinity` = never. */
  setDeadline(deadlineMs: number): void;
  /** The page has something to drain. */
  wake(page: number, urgent: boolean): void;
  WebSocket: typeof WebSocket;
}

type Bytes = Uint8Array<ArrayBuffer>;

export interface EngineModuleOptions {
  civicHost: CivicHost;
  /** The module gave up; it must not be used any more. */
  onAbort?: (reason: unknown) => void;
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
}

export type EngineModuleFactory = (options: EngineModuleOptions) => Promise<EngineModule>;

/** 0 = nothing to drain, 1 = something for the next frame, 2 = something that must not wait. */
export type BundleState = 0 | 1 | 2;

type CommandFunctions = {
  [Name in EngineCommandName]: (page: number, ...args: EngineCommands[Name]) => void;
};

/** One instance of the compiled engine. Views of its memory are read anew for every use: the memory may grow. */
export interface EngineModule extends CommandFunctions {
  readonly HEAPU8: Bytes;
  /** The deadline has come. */
  _civic_advance(): void;
  /** Fills the bundle buffer for the page and returns its address; 0 = nothing. Valid until the next call. */
  _civic_drain_bundle(page: number): number;
  _civic_bundle_bytes(): number;
  _civic_bundle_state(page: number): BundleState;
  /** A frame went or came deflated: its bytes on the wire, and of its text. For the counters. */
  _civic_note_deflated(isSent: boolean, wireBytes: number, textBytes: number): void;
  /** Makes the recording and returns its address; 0 = nothing is recorded. Valid until it is released. */
  _civic_export_recording(hasPayloads: boolean): number;
  _civic_recording_bytes(): number;
  _civic_release_recording(): void;
  /** Returns '' when all is well, else JSON `{code, message, context?}`. */
  createEngine(configJson: string, seed: number): string;
  destroyEngine(): void;
  addPage(): number;
  removePage(page: number): void;
}
