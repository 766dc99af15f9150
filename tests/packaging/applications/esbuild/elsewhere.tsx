import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RealTimeService, type EngineOptions } from 'civic-realtime';
import { RealTimeProvider } from 'civic-realtime/react';

import { BillTracker } from './source/bill-tracker';

const wasmUrl = '/wasm/engine.wasm';

/** The ways to name the engine; the query says which. */
const ways: Record<string, () => Promise<EngineOptions>> = {
  wasmUrl: async () => ({ wasmUrl }),
  wasmBinary: async () => ({ wasmBinary: await (await fetch(wasmUrl)).arrayBuffer() }),
  module: async () => ({ module: await WebAssembly.compileStreaming(fetch(wasmUrl)) }),
};

const engine = { ...(await ways[location.search.slice(1)]()), workerUrl: '/js/worker.js' };
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <RealTimeProvider service={new RealTimeService({}, { engine })}>
      <BillTracker billId={1} />
    </RealTimeProvider>
  </StrictMode>,
);
