// The part of the page host that pages with a worker never load.
import { createSystemClocks } from '../engine/clock.js';
import { instantiateEngine } from '../engine/module-loader.js';
import { EngineRuntime } from '../engine/runtime.js';
import type { EngineError } from '../engine/engine-error.js';
import type { EngineStart } from './engine-host.js';
import type { PageHostSeams } from './page-host.js';

export function createPageEngine(
  what: EngineStart,
  seams: PageHostSeams & { WebSocket: typeof WebSocket },
  onCrash: (error: EngineError) => void,
): Promise<EngineRuntime> {
  const { loadGlue } = seams;
  return EngineRuntime.create({
    instantiate: (options) =>
      instantiateEngine(options, { ...what.assets, ...(loadGlue && { loadGlue }) }),
    config: what.config,
    seed: what.seed,
    ...(seams.clock === undefined ? createSystemClocks() : { clock: seams.clock }),
    timers: seams.timers,
    WebSocket: seams.WebSocket,
    ...(what.measures === true && { measures: true }),
    onCrash,
  });
}
