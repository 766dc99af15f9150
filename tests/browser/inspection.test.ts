/** A developer looks into a page in trouble: the lines in the console, and the recording the devtools save. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import { attempt } from '../../scripts/command.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { buildReplay } from '../../scripts/replay-program.mjs';
import { freePort } from './support/free-port.js';
import { testOfPage } from './support/page-test.js';

const token = 'eyJhbGciOiJub25lIn0.the-token-of-nobody-else';

const test = testOfPage('inspected', { reactMode: 'development' });

test.beforeAll(buildReplay, 900_000);

test('a killed gateway stands in the console, and the recording that the devtools save leads to the same states', async ({
  browser,
  pages,
  folder,
  startGatewayProcess,
  onTestFinished,
}) => {
  const port = await freePort();
  const start = () =>
    startGatewayProcess('--port', String(port), '--bills', '3', '--rate', '20', '--seed', '7');
  const gateway = await start();
  const page = await browser.newPage();
  onTestFinished(() => page.close());
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
  await start();
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
