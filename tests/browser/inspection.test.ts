/** A developer looks into a page in trouble: the lines in the console, and the recording the devtools save. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { attempt } from '../../scripts/command.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { buildReplay } from '../../scripts/replay-program.mjs';
import { startGatewayProcess } from './support/child-server.js';
import { launchChromium } from './support/chromium.js';
import { freePort } from './support/free-port.js';
import { serveTestPage, type TestPages } from './support/test-pages.js';

const token = 'eyJhbGciOiJub25lIn0.the-token-of-nobody-else';

let browser: Browser;
let pages: TestPages;
let folder: string;

beforeAll(async () => {
  [browser, pages, folder] = await Promise.all([
    launchChromium(),
    serveTestPage('inspected', 'development'),
    mkdtemp(join(tmpdir(), 'civic-inspection-')),
  ]);
  await buildReplay();
}, 900_000);
afterAll(async () => {
  await Promise.all([browser?.close(), pages?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

test('a killed gateway stands in the console, and the recording that the devtools save leads to the same states', async () => {
  const port = await freePort();
  const start = () =>
    startGatewayProcess([
      ...['--port', String(port), '--allow-origin', new URL(pages.url).origin],
      ...['--bills', '3', '--rate', '20', '--seed', '7'],
    ]);
  let gateway = await start();
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.close();
    await gateway.stop();
  });
  const complaints: string[] = [];
  const lines: { severity: string; text: string }[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (line) => {
    if (line.text().startsWith('civic-realtime: '))
      lines.push({ severity: line.type(), text: line.text() });
  });
  const search = new URLSearchParams({
    gateway: `ws://127.0.0.1:${String(port)}/ws`,
    bill: '1',
    token,
  });
  await page.goto(`${pages.url}?${search.toString()}`);
  const panel = page.getByRole('region', { name: 'civic-realtime devtools' });
  await panel.getByRole('listitem').filter({ hasText: 'connected' }).first().waitFor();
  await page.locator('#root > p').first().waitFor();

  await gateway.kill();
  await panel.getByRole('listitem').filter({ hasText: 'reconnecting' }).first().waitFor();
  gateway = await start();
  const told = (severity: string, text: RegExp) =>
    expect
      .poll(() => lines.filter((line) => line.severity === severity && text.test(line.text)))
      .not.toEqual([]);
  await told('info', /: Connected/);
  await told('warning', /Reconnecting in \d+ ms, attempt 1: .*\(close code 1006\)/);
  await expect
    .poll(() => lines.filter(({ text }) => /: Connected/.test(text)).length)
    .toBeGreaterThan(1);

  await panel.getByRole('tab', { name: 'Recording' }).click();
  await panel.getByRole('checkbox').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Save the recording' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^civic-realtime-.*\.civicrec$/);
  const file = join(folder, 'saved.civicrec');
  await download.saveAs(file);
  const recording = await readFile(file);
  await panel
    .getByRole('status')
    .filter({ hasText: `Saved ${recording.length.toLocaleString('en')} bytes.` })
    .waitFor();

  const { code, stdout, stderr } = await attempt('npm', ['run', '--silent', 'replay', file], {
    cwd: repositoryRoot,
    output: 'capture',
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/connection: connected → reconnecting/);
  expect(stdout).toMatch(/Everything is as it was recorded/);
  expect(code).toBe(0);

  for (const secret of [token, 'the-token-of-nobody-else']) {
    expect(recording.includes(secret)).toBe(false);
    expect(lines.filter(({ text }) => text.includes(secret))).toEqual([]);
  }
  expect(complaints).toEqual([]);
});
