/** Next.js: rendered on its server without a connection, taken over by the browser without a mismatch. */

import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { run } from '../../scripts/command.mjs';
import { freePort } from '../browser/support/free-port.js';
import { startServer } from './support/development-server.js';
import { LivePage } from './support/live-page.js';
import { createApplication, workspace } from './support/workspace.js';

let live: LivePage;

beforeAll(async () => {
  live = await LivePage.start();
});
afterAll(() => live?.stop());

test('next build, next start', async () => {
  const folder = createApplication('next');
  const next = join(workspace, 'node_modules/next/dist/bin/next');
  const environment = live.environment;
  await run(process.execPath, [next, 'build'], {
    cwd: folder,
    environment,
    output: 'merge',
    purpose: 'Building the Next.js application',
  });
  const port = await freePort();
  const server = await startServer(next, ['start', '--port', String(port)], {
    cwd: folder,
    environment,
    port,
  });
  try {
    const html = await (await fetch(server.url)).text();
    expect(html).toMatch(/Bill Updates \((<!-- -->)?0/);
    expect(live.connections()).toBe(0);
    await live.expectLiveBill(server.url);
    expect(server.printed()).not.toMatch(/error/i);
  } finally {
    await server.stop();
  }
});
