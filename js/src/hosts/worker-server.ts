import { reportOf } from '../engine/engine-error.js';
import { instantiateEngine } from '../engine/module-loader.js';
import { EngineRuntime } from '../engine/runtime.js';
import { SocketTracker } from './socket-tracker.js';
import type { Clock } from '../engine/clock.js';
import type { GlueLoader } from '../engine/module-loader.js';
import type { Timers } from '../engine/timers.js';
import type { EngineStart } from './engine-host.js';
import type { PageMessage, WorkerMessage } from './worker-protocol.js';

/** The part of a worker's global scope that is used. */
export interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
}

export interface WorkerSeams {
  clock: Clock;
  recentClock?: Clock;
  timers: Timers;
  WebSocket: typeof WebSocket;
  loadGlue?: GlueLoader;
}

/** Serves one page's messages with one engine. Takes the scope's `onmessage` before it returns. */
export function serveEngine(scope: WorkerScope, seams: WorkerSeams): void {
  const sockets = new SocketTracker(seams.WebSocket);
  const kept: PageMessage[] = [];
  let runtime: EngineRuntime | null = null;
  let page = 0;

  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => {
    scope.postMessage(message, transfer);
  };
  const fail = (error: unknown): void => {
    post({ type: 'failed', error: reportOf(error, 'engine-load-failed') });
  };

  const start = async (what: EngineStart): Promise<void> => {
    const created = await EngineRuntime.create({
      instantiate: (options) =>
        instantiateEngine(options, {
          ...what.assets,
          ...(seams.loadGlue && { loadGlue: seams.loadGlue }),
        }),
      config: what.config,
      seed: what.seed,
      clock: seams.clock,
      ...(seams.recentClock && { recentClock: seams.recentClock }),
      timers: seams.timers,
      WebSocket: sockets.WebSocket,
      ...(what.measures === true && { measures: true }),
      onCrash: fail,
    });
    page = created.addPage((bundle) => {
      scope.postMessage(bundle, [bundle]);
    });
    runtime = created;
    post({ type: 'started' });
    for (const message of kept) serve(created, message);
    kept.length = 0;
  };

  const serve = (engine: EngineRuntime, message: PageMessage): void => {
    switch (message.type) {
      case 'start':
        return;
      case 'commands':
        engine.execute(page, message.commands);
        return;
      case 'credit':
        engine.returnCredit(page, message.afterMs);
        return;
      case 'exportRecording': {
        const recording = engine.exportRecording(message.hasPayloads);
        const { request } = message;
        post({ type: 'recording', request, recording }, recording === null ? [] : [recording]);
        return;
      }
      case 'stop':
        engine.destroy();
        sockets.whenAllClosed(() => {
          post({ type: 'stopped' });
        });
        return;
    }
  };

  scope.onmessage = (event) => {
    const message = event.data as PageMessage;
    if (message.type === 'start') start(message).catch(fail);
    else if (runtime === null) kept.push(message);
    else serve(runtime, message);
  };
}
