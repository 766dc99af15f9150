// The file the worker runs. No top-level await: messages that come before `onmessage` is set would be lost.
import { createSystemClocks } from '../engine/clock.js';
import { loadPackagedGlue } from '../engine/module-loader.js';
import { systemTimers } from '../engine/timers.js';
import { serveEngine } from './worker-server.js';
import type { WorkerScope } from './worker-server.js';

// Begins now what the page will ask for anyway; a failure is told when it asks.
const glue = loadPackagedGlue();
glue.catch(() => undefined);

serveEngine(globalThis as unknown as WorkerScope, {
  ...createSystemClocks(),
  timers: systemTimers,
  WebSocket: globalThis.WebSocket,
  loadGlue: () => glue,
});
