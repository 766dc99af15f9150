import type { EngineCommand } from '../engine/abi.js';
import type { ErrorReport } from '../engine/engine-error.js';
import type { EngineStart } from './engine-host.js';

/** From the page to the worker. The first is `start`; there is one engine per worker. */
export type PageMessage =
  | ({ readonly type: 'start' } & EngineStart)
  | { readonly type: 'commands'; readonly commands: readonly EngineCommand[] }
  | { readonly type: 'credit'; readonly afterMs: number }
  | { readonly type: 'exportRecording'; readonly request: number; readonly hasPayloads: boolean }
  | { readonly type: 'stop' };

/** From the worker to the page, beside bundles, which cross as bare ArrayBuffers. */
export type WorkerMessage =
  | { readonly type: 'started' }
  | { readonly type: 'failed'; readonly error: ErrorReport }
  /** Null when nothing is recorded. */
  | {
      readonly type: 'recording';
      readonly request: number;
      readonly recording: ArrayBuffer | null;
    }
  /** The engine has ended and its sockets are closed. */
  | { readonly type: 'stopped' };
