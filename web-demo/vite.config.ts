import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The demo page. It sees the package as an application does: built, under the name its sources use. */
export default defineConfig({
  root: fileURLToPath(new URL('app', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: [{ find: /^@client\/core\/realtime(?=\/|$)/, replacement: 'civic-realtime' }],
    dedupe: ['react', 'react-dom'],
  },
  define: {
    // Where the gateway is, the page learns when it is opened: see app/page/page-config.ts.
    'import.meta.env.VITE_WS_URL': 'globalThis.gatewayUrl',
    // A page that shows news goes on trying for as long as it is open.
    'import.meta.env.VITE_WS_RECONNECT_ATTEMPTS': '"Infinity"',
    'import.meta.env.VITE_WS_RECONNECT_DELAY': '"1000"',
  },
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../build/demo', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    sourcemap: true,
    // How long plugins took interests nobody who builds the demo.
    rolldownOptions: { checks: { pluginTimings: false, bundlerTimings: false } },
  },
});
