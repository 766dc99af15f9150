/** The main path once more in another engine: a live page and a gateway that dies and comes back. */

import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startDemoPage, type ChildServer } from './support/child-server.js';
import { DemoGateway } from './support/demo-gateway.js';
import { launchFirefox } from './support/firefox.js';
import { freePort } from './support/free-port.js';

let browser: Browser;
let demo: ChildServer;
let gateway: DemoGateway;

beforeAll(async () => {
  const pagePort = await freePort();
  gateway = await DemoGateway.start([pagePort]);
  [demo, browser] = await Promise.all([
    startDemoPage(gateway.socketUrl, pagePort),
    launchFirefox(),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), gateway?.stop(), demo?.stop()]);
});

/** How Firefox tells that a server it asked is not there, as the gateway is not for a while. */
const SERVER_IS_GONE =
  /CORS request did not succeed|establish a connection to the server at ws:|connection to ws:.* was interrupted/;

async function openDemo(hash: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    if (!SERVER_IS_GONE.test(String(error))) complaints.push(String(error));
  });
  page.on('console', (line) => {
    if (line.text().includes('Content-Security-Policy')) complaints.push(line.text());
  });
  await page.goto(`${demo.url}${hash}`);
  return { page, complaints };
}

function remark(billId: number, comment: string): object {
  return {
    type: 'bill_update',
    bill_id: billId,
    update: { type: 'new_comment', data: { comment, author: 'A. Citizen' } },
  };
}

const shows = (page: Page, text: string) => page.waitForSelector(`::-p-text(${text})`);
const connection = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('header [role="status"]')?.textContent?.includes(wanted),
    {},
    words,
  );

test('a pushed update appears; the gateway is killed and restarted; the page comes back by itself', async () => {
  const { page, complaints } = await openDemo('#/bill/3');
  await connection(page, 'Live');
  await gateway.untilFollowed(3);
  await gateway.publish(remark(3, 'First remark in Firefox'));
  await shows(page, 'First remark in Firefox');

  await gateway.kill();
  await connection(page, 'Reconnecting');
  await gateway.restart();
  await connection(page, 'Live');
  await gateway.untilFollowed(3);
  await gateway.publish(remark(3, 'Second remark in Firefox'));
  await shows(page, 'Second remark in Firefox');
  expect(complaints).toEqual([]);
  await page.close();
});

test("the specification's Bill Tracking block runs as it is written", async () => {
  const { page, complaints } = await openDemo('#/examples');
  const chosen = await page.waitForSelector(
    '::-p-aria([name="Bill tracking"][role="region"]) select',
  );
  const billId = Number(await chosen?.evaluate((choice) => (choice as HTMLSelectElement).value));
  await gateway.untilFollowed(billId);
  await gateway.publish(remark(billId, 'A remark for the example in Firefox'));
  await shows(page, 'A remark for the example in Firefox');
  expect(complaints).toEqual([]);
  await page.close();
});
