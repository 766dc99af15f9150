/** A tab that shows tests/browser/pages/delivery, and keeps what it was told. */

import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

import type { LoggedEvent } from '../../../web-demo/gateway/logging/event-log.js';
import type { CounterName } from '../../../js/src/engine/abi.js';
import type { WebSocketConfigInput } from '../../../js/src/types.js';
import type { Told } from '../pages/delivery/main.js';
import { checkDelivery, type Delivery } from './delivery-check.js';

export interface DeliveryQuery {
  /** Where the gateway, or what stands before it, listens. */
  readonly port: number;
  readonly bills?: number;
  readonly discussions?: number;
  readonly websocket?: WebSocketConfigInput;
  readonly token?: string;
}

/** What a bill's readers get at most. */
const keptUpdates = 50;

export function deliveryUrl(pagesUrl: string, query: DeliveryQuery): string {
  const { port, bills = 0, discussions = 0, websocket = {}, token } = query;
  const search = new URLSearchParams({
    gateway: `ws://127.0.0.1:${String(port)}/ws`,
    bills: String(bills),
    discussions: String(discussions),
    websocket: JSON.stringify(websocket),
    ...(token === undefined ? {} : { token }),
  });
  return `${pagesUrl}?${search.toString()}`;
}

export class DeliveryTab {
  private readonly account: Told[] = [];

  private constructor(
    readonly page: Page,
    private readonly complaints: readonly string[],
  ) {}

  static async open(context: BrowserContext, url: string): Promise<DeliveryTab> {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    expect(complaints).toEqual([]);
    await page.evaluate(() => window.deliveryPage.ready);
    return new DeliveryTab(page, complaints);
  }

  counter(name: CounterName): Promise<number> {
    return this.page.evaluate((wanted) => window.deliveryPage.counters()[wanted], name);
  }

  state(): Promise<string> {
    return this.page.evaluate(() => window.deliveryPage.state());
  }

  async untilCounter(name: CounterName, least: number): Promise<void> {
    await expect.poll(() => this.counter(name)).toBeGreaterThanOrEqual(least);
  }

  /** The engine's recording, as a person would download it. */
  async recording(options: { readonly payloads: boolean }): Promise<Buffer> {
    const base64 = await this.page.evaluate(
      (payloads) => window.deliveryPage.recording(payloads),
      options.payloads,
    );
    return Buffer.from(base64, 'base64');
  }

  /** Waits until the page has been told of the newest event of every topic. */
  async untilTold(log: readonly LoggedEvent[]): Promise<void> {
    const newest: Record<string, string> = {};
    for (const { topic, epoch, seq } of log)
      if (seq !== null) newest[topic] = `${String(epoch)} ${String(seq)}`;
    await expect
      .poll(() => this.page.evaluate(() => window.deliveryPage.positions))
      .toMatchObject(newest);
  }

  /** Takes what was told so far off the page, so that it does not pile up there. */
  async takeAccount(): Promise<readonly Told[]> {
    this.account.push(...(await this.page.evaluate(() => window.deliveryPage.takeAccount())));
    return this.account;
  }

  /** Once everything is told: throws unless it is what the gateway published, to the letter. */
  async check(log: readonly LoggedEvent[]): Promise<Delivery> {
    const delivery = checkDelivery(log, await this.takeAccount());
    const shown = await this.page.evaluate(() => window.deliveryPage.billUpdates());
    for (const [bill, updates] of Object.entries(shown)) {
      const told = delivery.messages.get(`bill:${bill}`) ?? [];
      expect(updates, `bill ${bill}`).toEqual(newestUpdates(told));
    }
    expect(this.complaints).toEqual([]);
    return delivery;
  }
}

/** In the shape the public API promises. */
function newestUpdates(messages: readonly Record<string, unknown>[]): object[] {
  return messages
    .flatMap((message) => {
      const { type, bill_id: billId, update, timestamp } = message;
      if (type !== 'bill_update') return [];
      const { type: kind, data } = update as { type: string; data: object };
      return [{ type: kind, data: { billId, ...data }, timestamp }];
    })
    .slice(-keptUpdates);
}
