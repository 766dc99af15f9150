import { createSystemClocks } from '../../../js/src/engine/clock.js';
import { systemTimers } from '../../../js/src/engine/timers.js';
import type { WorkerLike } from '../../../js/src/hosts/worker-host.js';
import { serveEngine } from '../../../js/src/hosts/worker-server.js';
import { FakeWorker } from '../../js/hosts/support/fake-worker.js';
import { loadBuiltGlue } from './built-engine.js';
import { NodeWebSocket } from './node-web-socket.js';

/** A worker in this thread that runs the compiled engine: messages are cloned and transferred as between threads. */
export function createEngineWorker(): WorkerLike {
  const worker = new FakeWorker();
  serveEngine(worker.scope, {
    ...createSystemClocks(),
    timers: systemTimers,
    WebSocket: NodeWebSocket,
    loadGlue: loadBuiltGlue,
  });
  return worker.asWorker();
}
