import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

await build({
  entryPoints: ['source/main.tsx', 'elsewhere.tsx'],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.VITE_WS_URL': JSON.stringify(process.env.VITE_WS_URL),
  },
});

// esbuild leaves `new URL('./engine.wasm', import.meta.url)` as it is and copies nothing.
const places = {
  no: {},
  elsewhere: { 'engine.wasm': 'wasm', 'engine.js': 'js', 'worker.js': 'js' },
};
const beside = { 'engine.wasm': '.', 'engine.js': '.', 'worker.js': '.' };
for (const [name, place] of Object.entries(places[process.env.COPY_ENGINE] ?? beside)) {
  cpSync(fileURLToPath(import.meta.resolve(`civic-realtime/${name}`)), `dist/${place}/${name}`);
}
cpSync('elsewhere.html', 'dist/elsewhere.html');
