import { defineConfig, type UserConfig } from 'tsdown';

import { bundledLicenses } from './bundled-licenses.js';

/** The glue that Emscripten made, and the gateway, stay files of their own, loaded when they are needed. */
const separateFiles = {
  name: 'separate-files',
  resolveId: {
    filter: { id: /^\.\/(engine|gateway)\.js$/ },
    handler: (id: string) => ({ id, external: true as const }),
  },
};

function containsHooks({
  fileName,
  moduleIds,
}: {
  fileName: string;
  moduleIds: string[];
}): boolean {
  return fileName.endsWith('.js') && moduleIds.some((id) => /\/src\/(hooks|devtools)\//.test(id));
}

const common: UserConfig = {
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  sourcemap: true,
  hash: false,
  fixedExtension: false,
  plugins: [separateFiles],
  outDir: 'dist',
};

// Files find each other by `new URL('./…', import.meta.url)`, so all of them are in one folder.
export default defineConfig([
  {
    ...common,
    name: 'package',
    entry: {
      index: 'src/index.ts',
      config: 'src/config.ts',
      react: 'src/react.ts',
      devtools: 'src/devtools.ts',
      'devtools-production': 'src/devtools-production.ts',
      testing: 'src/testing.ts',
      'websocket-manager': 'src/websocket/manager.ts',
      'services-bill-tracking': 'src/services/bill-tracking.ts',
      'services-community': 'src/services/community.ts',
      'services-notifications': 'src/services/notifications.ts',
      'services-realtime-service': 'src/services/realtime-service.ts',
    },
    deps: { neverBundle: [/^react($|\/)/] },
    dts: true,
    // Bundling drops the directive of every module that is no entry.
    outputOptions: {
      banner: (chunk) => (containsHooks(chunk) ? "'use client';" : ''),
      // No name of a shared file may take the place of an entry's.
      chunkFileNames: 'shared-[name].js',
    },
    copy: ['engine.js', 'engine.wasm', 'engine.recording.wasm'].map(
      (file) => `../build/wasm/wasm/${file}`,
    ),
  },
  {
    ...common,
    name: 'push-worker',
    entry: { 'push-worker': 'src/push-worker.ts' },
    clean: false,
    dts: true,
    // One file that imports nothing, so that it can be served as it is.
    deps: { alwaysBundle: [/^idb-keyval$/], onlyBundle: ['idb-keyval'] },
    plugins: [bundledLicenses('push-worker.licenses.txt')],
    outputOptions: { codeSplitting: false },
  },
  {
    ...common,
    name: 'worker',
    entry: { worker: 'src/hosts/worker-entry.ts' },
    clean: false,
    dts: false,
    // Who has to copy the files by hand copies these: worker.js, engine.js, engine.wasm.
    outputOptions: { codeSplitting: false },
  },
  {
    ...common,
    name: 'command line',
    entry: { 'command-line': 'src/migrate/bin.ts' },
    platform: 'node',
    target: 'node20.19',
    tsconfig: 'src/migrate/tsconfig.json',
    clean: false,
    dts: false,
    // Nobody debugs Babel here, and with a map the tarball would be twice as large.
    sourcemap: false,
    minify: true,
    // Whoever installs the package for its runtime installs no parser with it.
    deps: { alwaysBundle: [/./], onlyBundle: false },
    plugins: [separateFiles, bundledLicenses('migrate.licenses.txt')],
    outputOptions: { chunkFileNames: 'migrate.js' },
  },
  {
    ...common,
    name: 'gateway',
    entry: { gateway: '../web-demo/gateway/run.js' },
    platform: 'node',
    target: 'node20.19',
    clean: false,
    dts: false,
    sourcemap: false,
    minify: true,
    // Parts of ws that are faster and nobody has to have; and NATS, which is loaded when a gateway is started on it.
    deps: {
      alwaysBundle: [/./],
      onlyBundle: false,
      neverBundle: ['bufferutil', 'utf-8-validate', /^@nats-io\//],
    },
    plugins: [bundledLicenses('gateway.licenses.txt')],
    outputOptions: { codeSplitting: false },
  },
]);
