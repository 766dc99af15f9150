import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build, preview } from 'vite';

const root = fileURLToPath(new URL('page', import.meta.url));
const outDir = fileURLToPath(new URL('../../../build/bench/page', import.meta.url));

/** The page all subjects run on, bundled as people bundle theirs. */
export class BenchSite {
  private readonly asked = new Set<string>();

  private constructor(
    readonly url: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async serve(): Promise<BenchSite> {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
    });
    const heard: { path?: (path: string) => void } = {};
    const server = await preview({
      configFile: false,
      root,
      logLevel: 'error',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
      plugins: [
        {
          name: 'loaded-files',
          configurePreviewServer: ({ middlewares }) => {
            middlewares.use((request, _response, next) => {
              heard.path?.(new URL(request.url ?? '/', 'http://page').pathname);
              next();
            });
          },
        },
      ],
    });
    const url = server.resolvedUrls?.local[0];
    if (url === undefined) throw new Error('The page of the benchmark is served nowhere.');
    const site = new BenchSite(url, () => server.close());
    heard.path = (path) => site.asked.add(path);
    return site;
  }

  /** Paths that were asked for since the last call. */
  takeAsked(): string[] {
    const asked = [...this.asked];
    this.asked.clear();
    return asked;
  }

  /** What the files of these paths are on the wire, each compressed by itself, as servers do it. */
  static gzipBytes(paths: readonly string[]): number {
    return paths.reduce((sum, path) => {
      const file = `${outDir}${path === '/' ? '/index.html' : path}`;
      return sum + gzipSync(readFileSync(file), { level: 9 }).length;
    }, 0);
  }

  stop(): Promise<void> {
    return this.close();
  }
}
