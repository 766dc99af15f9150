/**
 * What a page in trouble saw, on a developer's machine: a recording of a browser leads the native engine to the same states.
 * CIVIC_RECORDINGS=<folder> keeps the files, for tests/core/recording/recordings.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { attempt } from '../../scripts/command.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { buildReplay } from '../../scripts/replay-program.mjs';
import { startGatewayProcess } from './support/child-server.js';
import { launchChromium } from './support/chromium.js';
import { DeliveryTab, deliveryUrl } from './support/delivery-tab.js';
import { freePort } from './support/free-port.js';
import { serveTestPage, type TestPages } from './support/test-pages.js';

const bills = 5;
const token = 'eyJhbGciOiJub25lIn0.the-token-of-nobody-else';
const writing = 'What Ada wrote, and nobody else is to read.';

let browser: Browser;
let pages: TestPages;
let folder: string;

beforeAll(async () => {
  [browser, pages, folder] = await Promise.all([
    launchChromium(),
    serveTestPage('delivery', 'production'),
    mkdtemp(join(tmpdir(), 'civic-recording-')),
  ]);
  await buildReplay();
}, 900_000);
afterAll(async () => {
  await Promise.all([browser?.close(), pages?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

async function replay(name: string, recording: Buffer) {
  const file = join(process.env['CIVIC_RECORDINGS'] ?? folder, `${name}.civicrec`);
  await writeFile(file, recording);
  return attempt('npm', ['run', '--silent', 'replay', file], {
    cwd: repositoryRoot,
    output: 'capture',
  });
}

test.each(['worker', 'page'] as const)(
  'a page whose gateway was killed is replayed to the same states, from the %s host',
  async (host) => {
    const port = await freePort();
    const start = () =>
      startGatewayProcess([
        ...['--port', String(port), '--allow-origin', new URL(pages.url).origin],
        ...['--bills', String(bills), '--people', '3', '--rate', '20', '--seed', '7'],
      ]);
    let gateway = await start();
    const context = await browser.newContext();
    onTestFinished(async () => {
      await context.close();
      await gateway.stop();
    });
    const query = {
      ...{ port, bills, discussions: 2, token },
      websocket: {
        ...{ host, recording: { enabled: true } },
        reconnect: { delay: 50, maxDelay: 200, maxAttempts: 10_000 },
      },
    };
    const tab = await DeliveryTab.open(context, deliveryUrl(pages.url, query));
    await tab.untilCounter('messagesReceived', 30);
    await tab.page.evaluate((text) => window.deliveryPage.comment(1, text), writing);
    await gateway.kill();
    gateway = await start();
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
      const { code, stdout, stderr } = await replay(name, recording);
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
