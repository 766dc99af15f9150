/** Every screen of the demo in both themes, as axe sees it; and all of it by keyboard. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DemoWorld } from './support/demo-world.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const screens = {
  bills: '',
  'a bill': '#/bill/3',
  trending: '#/trending',
  experts: '#/experts',
  compare: '#/compare',
  replay: '#/replay',
  examples: '#/examples',
};

let world: DemoWorld;

beforeAll(async () => {
  world = await DemoWorld.start(['--bills', '6', '--people', '12']);
});
afterAll(() => world?.stop());

/** One sentence per element that violates a rule. */
async function violations(page: Page): Promise<string[]> {
  // Through the debugger's protocol, which the page's Content-Security-Policy does not concern.
  await page.evaluate(axe);
  const { violations: found } = (await page.evaluate('axe.run()')) as AxeResults;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each(Object.entries(screens))('%s has no violation', async (_name, hash) => {
    const { page } = await world.open(hash);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('main').getByRole('heading').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

test.each(Object.entries(screens))('%s is no wider than a phone', async (_name, hash) => {
  const { page } = await world.open(hash);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('main').getByRole('heading').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.context().close();
});

describe('by keyboard', () => {
  /** What has the focus, as a screen reader calls it. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return `${element.tagName.toLowerCase()} ${name.replace(/\s+/g, ' ').trim()}`;
    });

  async function tabTo(page: Page, wanted: RegExp): Promise<void> {
    for (let step = 0; step < 60; ++step) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused(page))) return;
    }
    throw new Error(`Sixty steps of the tab key did not reach ${String(wanted)}.`);
  }

  test('the skip link leads to the content, a bill opens, and the way back leads to it', async () => {
    const { page } = await world.open('');
    const rows = page.locator('[data-bill-id]');
    await rows.first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^a Skip/);
    await page.keyboard.press('Enter');
    const billInFocus = () =>
      page.evaluate(
        () =>
          document.activeElement?.closest('[data-bill-id]')?.getAttribute('data-bill-id') ?? null,
      );
    for (let step = 0; step < 20 && (await billInFocus()) === null; ++step) {
      await page.keyboard.press('Tab');
    }
    const first = await billInFocus();
    await page.keyboard.press('ArrowDown');
    const second = await billInFocus();
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/#/bill/${String(second)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goBack();
    await rows.first().waitFor();
    await page.context().close();
  });

  test('the theme, the connection and the notifications are reached, opened and closed', async () => {
    const { page } = await world.open('');
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await background();
    await tabTo(page, /^button .*Connection: Live/);
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Connection' });
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    expect(await focused(page)).toMatch(/^button .*Connection: Live/);

    await page.evaluate(() => document.body.focus());
    await tabTo(page, /^button .*notification/i);
    await page.keyboard.press('Enter');
    const inbox = page.getByRole('dialog', { name: /notification/i });
    await inbox.waitFor();
    await page.keyboard.press('Escape');
    await inbox.waitFor({ state: 'hidden' });

    await tabTo(page, /^(button|input|select) .*(theme|dark|light)/i);
    await page.keyboard.press('Space');
    await expect.poll(background).not.toBe(before);
    await page.context().close();
  });

  test('a comment is written and sent', async () => {
    const { page } = await world.open('#/bill/3');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(page, /^textarea/);
    await page.keyboard.type('Written without a mouse');
    await tabTo(page, /^button (Send|Post|Comment)/i);
    await page.keyboard.press('Enter');
    await page.getByText('Written without a mouse', { exact: true }).first().waitFor();
    await expect
      .poll(async () => (await world.gateway.stats()).received['comment_update'] ?? 0)
      .toBeGreaterThan(0);
    await page.context().close();
  });
});
