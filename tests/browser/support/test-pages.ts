/** The pages of tests/browser/pages, bundled by Vite against the built package and served on loopback. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build, preview } from 'vite';

const pages = fileURLToPath(new URL('../pages', import.meta.url));
const output = fileURLToPath(new URL('../../../build/browser-pages', import.meta.url));

export interface TestPages {
  readonly url: string;
  stop(): Promise<void>;
}

/** `reactMode` development has StrictMode's double effects; production is what people run. */
export async function serveTestPage(
  name: string,
  reactMode: 'development' | 'production',
): Promise<TestPages> {
  // Several files show the same page, each in a folder that nobody empties meanwhile.
  const outDir = `${output}/${process.env['VITEST_POOL_ID'] ?? '0'}/${name}`;
  await build({
    configFile: false,
    root: `${pages}/${name}`,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': JSON.stringify(reactMode) },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: {
        input: [`${pages}/${name}/index.html`, ...serviceWorkerOf(name)],
        // A service worker is found by its address.
        output: {
          entryFileNames: ({ name: entry }) =>
            entry === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
        },
      },
    },
  });
  const server = await preview({
    configFile: false,
    root: `${pages}/${name}`,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error(`The page ${name} is served nowhere.`);
  return { url, stop: () => server.close() };
}

function serviceWorkerOf(name: string): string[] {
  const script = `${pages}/${name}/service-worker.ts`;
  return existsSync(script) ? [script] : [];
}
