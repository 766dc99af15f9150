/** Vite's development server, which bundles packages in a folder of its own before it serves them. */

import { join } from 'node:path';

import { afterAll, beforeAll, test } from 'vitest';

import { freePort } from '../browser/support/free-port.js';
import { startServer } from './support/development-server.js';
import { LivePage } from './support/live-page.js';
import { createApplication, workspace } from './support/workspace.js';

let live: LivePage;

beforeAll(async () => {
  live = await LivePage.start();
});
afterAll(() => live?.stop());

test('vite', async () => {
  const port = await freePort();
  const server = await startServer(
    join(workspace, 'node_modules/vite/bin/vite.js'),
    ['--port', String(port), '--strictPort', '--host', 'localhost', '--force'],
    { cwd: createApplication('vite'), environment: live.environment, port },
  );
  try {
    await live.expectLiveBill(server.url);
  } finally {
    await server.stop();
  }
});
