// @vitest-environment node
import { join } from 'node:path';
import { build, type Rollup } from 'vite';
import { expect, it } from 'vitest';

import { repositoryRoot } from '../../../scripts/paths.mjs';

/** An application has it anyway. */
const withoutService = {
  name: 'without-service',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id.endsWith('/realtime-service.js') ? '\0service' : null),
  load: (id: string) => (id === '\0service' ? 'export const realTimeService = null;' : null),
};

/** The code of an application that uses `entry` of the package, without React and without the service. */
async function bundle(entry: string, mode: 'production' | 'development'): Promise<string> {
  const output = (await build({
    configFile: false,
    plugins: [withoutService],
    root: repositoryRoot,
    mode,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(repositoryRoot, 'js/src', entry), formats: ['es'] },
      rollupOptions: { external: [/^react($|\/)/] },
    },
  })) as Rollup.RollupOutput[];
  return output
    .flatMap((one) => one.output.map((file) => ('code' in file ? file.code : '')))
    .join('');
}

it('nothing of the panel is in what is built for production', async () => {
  expect(await bundle('devtools.ts', 'development')).toContain('civic-devtools-panel');
  const production = await bundle('devtools.ts', 'production');
  expect(production).not.toContain('civic-devtools');
  expect(production.length).toBeLessThan(500);
});

it('unless it is asked for', async () => {
  expect(await bundle('devtools-production.ts', 'production')).toContain('civic-devtools-panel');
});
