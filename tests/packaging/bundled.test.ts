/** Bundlers whose output is a folder of files: build, serve, open, see an update arrive. */

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { run } from '../../scripts/command.mjs';
import { LivePage } from './support/live-page.js';
import { serveFolder } from './support/static-server.js';
import { createApplication, workspace } from './support/workspace.js';

let live: LivePage;

// A gateway of its own for each: it tells whoever subscribes what was.
beforeEach(async () => {
  live = await LivePage.start();
});
afterEach(() => live?.stop());

async function build(name: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const folder = createApplication(name);
  await run(process.execPath, ['build.js'], {
    cwd: folder,
    environment: { ...live.environment, ...environment },
    output: 'merge',
    purpose: `Building the ${name} application`,
  });
  copyFileSync(join(folder, 'index.html'), join(folder, 'dist/index.html'));
  return join(folder, 'dist');
}

async function whileServing(folder: string, visit: (url: string) => Promise<void>): Promise<void> {
  const server = await serveFolder(folder, live.gatewayUrl);
  try {
    await visit(server.url);
  } finally {
    await server.stop();
  }
}

test.each(['webpack', 'rspack', 'esbuild'])('%s', async (name) => {
  await whileServing(await build(name), (url) => live.expectLiveBill(url));
});

test('vite build', async () => {
  const folder = createApplication('vite');
  const vite = join(workspace, 'node_modules/vite/bin/vite.js');
  const { stdout } = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    environment: live.environment,
    output: 'merge',
  });
  expect(stdout).toBe('');
  await whileServing(join(folder, 'dist'), (url) => live.expectLiveBill(url));
});

test('esbuild without the copied files: the error says what to copy', async () => {
  const folder = await build('esbuild', { COPY_ENGINE: 'no' });
  await whileServing(folder, (url) =>
    live.expectError(
      url,
      /worker could not be started[^]*with esbuild copy worker.js, engine.js and engine.wasm/,
    ),
  );
});

test.each(['wasmUrl', 'wasmBinary', 'module'])(
  'files elsewhere, named by workerUrl and %s',
  async (option) => {
    const folder = await build('esbuild', { COPY_ENGINE: 'elsewhere' });
    await whileServing(folder, (url) => live.expectLiveBill(`${url}elsewhere.html?${option}`));
  },
);

test('without Worker the engine runs on the page; without WebAssembly too, one clear error', async () => {
  await whileServing(await build('esbuild'), async (url) => {
    await live.expectLiveBill(url, { without: ['Worker'] });
    await live.expectError(url, /^civic-realtime: .*there is no WebAssembly here/, {
      without: ['Worker', 'WebAssembly'],
    });
  });
});
