/** Real legislative history at full speed: every action, amendment and vote of the files is counted on the page. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from './support/chromium.js';
import { startDemoPage, startGatewayProcess, type ChildServer } from './support/child-server.js';
import { freePort } from './support/free-port.js';

/** BILLSTATUS files, or folders of them; samples of both generations unless somebody names others. */
const files = process.env['CIVIC_BILLSTATUS'] ?? 'tests/gateway/feeds/samples';

let browser: Browser;
let demo: ChildServer;
let gateway: ChildServer;

beforeAll(async () => {
  const [gatewayPort, pagePort] = [await freePort(), await freePort()];
  gateway = await startGatewayProcess([
    ...['--port', String(gatewayPort), '--billstatus', files, '--speed', 'max', '--paused'],
    ...['--allow-origin', `http://localhost:${String(pagePort)}`],
  ]);
  demo = await startDemoPage(`ws://localhost:${String(gatewayPort)}/ws`, pagePort);
  browser = await launchChromium();
});
afterAll(async () => {
  await Promise.all([browser?.close(), gateway?.stop(), demo?.stop()]);
});

test('the counts on the page are the counts in the files', async () => {
  const page = await browser.newPage();
  await page.goto(`${demo.url}#/replay`);
  await page.getByRole('button', { name: /start/i }).click();
  const screen = page.locator('[data-replay="finished"]');
  await screen.waitFor({ timeout: 90_000 });
  // The feed has ended; its last messages may still be on their way.
  const readCounts = () => screen.evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  await expect
    .poll(async () => (await readCounts())['amendments'], { timeout: 30_000 })
    .toBe((await readCounts())['toldAmendments']);
  const counts = await readCounts();
  console.log(
    `replayed ${counts['bills'] ?? '?'} bills: ${counts['actions'] ?? '?'} actions, ` +
      `${counts['amendments'] ?? '?'} amendments, ${counts['votes'] ?? '?'} recorded votes`,
  );
  expect(Number(counts['actions'])).toBeGreaterThan(0);
  expect(counts['actions']).toBe(counts['toldActions']);
  expect(counts['amendments']).toBe(counts['toldAmendments']);
  expect(counts['votes']).toBe(counts['toldVotes']);
  const wrong = await page
    .locator('[data-bill-number][data-result]:not([data-result="equal"])')
    .count();
  expect(wrong).toBe(0);
  await page.close();
});
