/**
 * What a page in trouble saw, on a developer's machine: a recording of a browser leads the native engine to the same states.
 * CIVIC_RECORDINGS=<folder> keeps the files, for tests/core/recording/recordings.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import { attempt } from '../../scripts/command.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { buildReplay } from '../../scripts/replay-program.mjs';
import { testOfDelivery } from './support/delivery-test.js';
import { freePort } from './support/free-port.js';

const bills = 5;
const token = 'eyJhbGciOiJub25lIn0.the-token-of-nobody-else';
const writing = 'What Ada wrote, and nobody else is to read.';

const test = testOfDelivery();

test.beforeAll(buildReplay, 900_000);

async function replay(file: string, recording: Buffer) {
  await writeFile(file, recording);
  return attempt('npm', ['run', '--silent', 'replay', file], {
    cwd: repositoryRoot,
    output: 'capture',
  });
}

test.for(['worker', 'page'] as const)(
  'a page whose gateway was killed is replayed to the same states, from the %s host',
  async (host, { folder, startGatewayProcess, openTab }) => {
    const port = await freePort();
    const start = () =>
      startGatewayProcess(
        ...['--port', String(port), '--bills', String(bills), '--people', '3'],
        ...['--rate', '20', '--seed', '7'],
      );
    const gateway = await start();
    const tab = await openTab({
      ...{ port, bills, discussions: 2, token },
      websocket: {
        ...{ host, recording: { enabled: true } },
        reconnect: { delay: 50, maxDelay: 200, maxAttempts: 10_000 },
      },
    });
    await tab.untilCounter('messagesReceived', 30);
    await tab.page.evaluate((text) => window.deliveryPage.comment(1, text), writing);
    await gateway.kill();
    await start();
    await tab.untilCounter('reconnects', 1);
    const before = await tab.counter('messagesReceived');
    await tab.untilCounter('messagesReceived', before + 30);
    await tab.page.evaluate((text) => window.deliveryPage.comment(2, text), writing);

    for (const payloads of [true, false]) {
      const recording = await tab.recording({ payloads });
      expect(recording.includes(writing)).toBe(payloads);
      for (const form of [token, encodeURIComponent(token), 'the-token-of-nobody'])
        expect(recording.includes(form)).toBe(false);
      const name = `${host}-host-gateway-killed${payloads ? '-with-payloads' : ''}`;
      const { code, stdout, stderr } = await replay(
        join(process.env['CIVIC_RECORDINGS'] ?? folder, `${name}.civicrec`),
        recording,
      );
      expect(stderr).toBe('');
      expect(stdout).toMatch(/connection: connected → reconnecting/);
      expect(stdout).toMatch(/connection: reconnecting → connected/);
      expect(stdout).toMatch(/Everything is as it was recorded/);
      expect(code).toBe(0);
      console.log(
        `${name}: ${String(recording.length)} bytes, ${stdout.trim().split('\n').at(-1) ?? ''}`,
      );
    }
  },
);
