import { fileURLToPath } from 'node:url';

import { build, preview } from 'vite';

const root = fileURLToPath(new URL('page', import.meta.url));
const outDir = fileURLToPath(new URL('../../../build/bench/page', import.meta.url));

/** The page all subjects run on, bundled as people bundle theirs. */
export async function serveBenchPage(): Promise<{ url: string; stop(): Promise<void> }> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  });
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The page of the benchmark is served nowhere.');
  return { url, stop: () => server.close() };
}
