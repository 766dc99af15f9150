/** What bundlers that do not find the package's files by themselves have to be told. */
export const bundlerRemedies =
  "With Vite 7 or older add optimizeDeps: { exclude: ['civic-realtime'] } to its configuration; with esbuild copy " +
  'worker.js, engine.js and engine.wasm from node_modules/civic-realtime/dist to the folder of your bundle.';
