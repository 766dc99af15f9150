/** The demo page as people get it: built, strict Content-Security-Policy, a gateway that dies and comes back. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from './support/chromium.js';
import { startDemoPage, startGatewayProcess, type ChildServer } from './support/child-server.js';
import { freePort } from './support/free-port.js';

let browser: Browser;
let demo: ChildServer;
let gateway: ChildServer;
let gatewayArguments: string[];
let httpUrl: string;

beforeAll(async () => {
  const [gatewayPort, pagePort] = [await freePort(), await freePort()];
  gatewayArguments = [
    '--port',
    String(gatewayPort),
    '--rate',
    '0.001',
    '--people',
    '0',
    '--bills',
    '6',
    '--seed',
    '7',
    '--allow-origin',
    `http://localhost:${String(pagePort)}`,
  ];
  httpUrl = `http://localhost:${String(gatewayPort)}`;
  gateway = await startGatewayProcess(gatewayArguments);
  demo = await startDemoPage(`ws://localhost:${String(gatewayPort)}/ws`, pagePort);
  browser = await launchChromium();
});
afterAll(async () => {
  await Promise.all([browser?.close(), gateway?.stop(), demo?.stop()]);
});

async function openDemo(hash = ''): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) complaints.push(line.text());
  });
  await page.goto(`${demo.url}${hash}`);
  return { page, complaints };
}

async function publish(message: unknown): Promise<void> {
  const response = await fetch(`${httpUrl}/publish`, {
    method: 'POST',
    body: JSON.stringify(message),
  });
  expect(response.status).toBe(200);
}

/** Waits until somebody on the gateway has subscribed to the bill. */
async function subscribed(billId: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const stats = (await (await fetch(`${httpUrl}/stats`)).json()) as {
          bills: Record<string, { subscribers: number }>;
        };
        return stats.bills[String(billId)]?.subscribers ?? 0;
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
}

function remark(text: string) {
  return {
    type: 'bill_update',
    bill_id: 3,
    update: { type: 'new_comment', data: { comment: text, author: 'A. Citizen' } },
  };
}

test('a pushed update appears; the gateway is killed and restarted; the page comes back by itself', async () => {
  const { page, complaints } = await openDemo('#/bill/3');
  const status = page.getByRole('banner').getByRole('status');
  await status.getByText('Live').waitFor();
  await publish(remark('First remark of this test'));
  await page.getByText('First remark of this test').waitFor();

  await gateway.kill();
  await status.getByText('Reconnecting').waitFor();
  gateway = await startGatewayProcess(gatewayArguments);
  await status.getByText('Live').waitFor();
  // The gateway forgets subscriptions with its connections: only a page that subscribed again sees this.
  await subscribed(3);
  await publish(remark('Second remark of this test'));
  await page.getByText('Second remark of this test').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

test("the specification's Bill Tracking block runs as it is written", async () => {
  const { page, complaints } = await openDemo('#/examples');
  const example = page.getByRole('region', { name: 'Bill tracking' });
  await example.getByRole('heading', { name: /^Bill Updates \(\d+\)$/ }).waitFor();
  const billId = Number(await example.getByRole('combobox').inputValue());
  await subscribed(billId);
  await publish({ ...remark('A remark for the example'), bill_id: billId });
  await example.getByText('A remark for the example').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

test("the specification's Direct Service Usage block runs as it is written", async () => {
  const { page, complaints } = await openDemo('#/examples');
  const example = page.getByRole('region', { name: 'Direct service usage' });
  await example.getByRole('button', { name: 'Run the example' }).click();
  await example.getByText('Done.').waitFor();
  await example.getByLabel('What the example printed').getByText('Real-time stats:').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
