/** The tarball in the hands of tools that bundle nothing: TypeScript, Node, the command line. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { run } from '../../scripts/command.mjs';
import { pack } from '../../scripts/pack.mjs';
import { startServer } from '../browser/support/child-server.js';
import { createApplication, workspace } from './support/workspace.js';

const folder = mkdtempSync(join(tmpdir(), 'civic-realtime-stranger-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(['bundler', 'nodenext'])('types resolve and check, moduleResolution %s', async (name) => {
  const tsc = join(workspace, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', `tsconfig.${name}.json`], {
    cwd: createApplication('types'),
    output: 'merge',
  });
});

test('without React, and with nothing but its own dependencies', async () => {
  const options = { cwd: folder, output: 'merge' } as const;
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', await pack()];
  await run('npm', install, options);
  writeFileSync(
    join(folder, 'main.js'),
    `
import { realTimeService } from 'civic-realtime/services/realtime-service';
import { createFakeServer } from 'civic-realtime/testing';

console.log(realTimeService.getConnectionState());
const server = createFakeServer();
await server.service.initialize();
const bills = server.service.getBillTrackingService();
bills.subscribeToBill(7);
server.deliver({ type: 'bill_update', bill_id: 7, update: { type: 'amendment', data: {} } });
console.log(bills.getBillUpdates(7)[0].type);
`,
  );
  const { stdout } = await run(process.execPath, ['main.js'], options);
  expect(stdout).toBe('disconnected\namendment\n');

  const program = join(folder, 'node_modules/civic-realtime/dist/command-line.js');
  const gateway = await startServer(program, ['gateway', '--port', '0', '--log-level', 'error']);
  const health = await fetch(new URL('/health', gateway.url.replace(/^ws/, 'http')));
  expect(health.status).toBe(200);
  await gateway.stop();
});
