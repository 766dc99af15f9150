/** Gateways and clients for tests: real ones, on free loopback ports, gone when the test is over. */

import { afterEach, vi } from 'vitest';
import { createGateway, type Gateway } from '../../../web-demo/gateway/gateway.js';
import type { GatewayOptions } from '../../../web-demo/gateway/options/options.js';
import { TestClient, type ConnectOptions, type Message } from './test-client.js';

// Real sockets and processes take their time on a busy machine; nothing here waits for longer than it must.
vi.setConfig({ testTimeout: 30_000 });

const gateways = new Set<Gateway>();
const clients = new Set<TestClient>();

afterEach(async () => {
  for (const client of clients) client.terminate();
  await Promise.all([...gateways].map((gateway) => gateway.stop()));
  clients.clear();
  gateways.clear();
});

export interface RunningGateway extends Gateway {
  url: string;
  httpUrl: string;
  /** What it wrote to its log. */
  logLines: string[];
}

/** Starts a gateway that publishes only what the test publishes, unless a feed is asked for. */
export async function startGateway(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const logLines: string[] = [];
  const gateway = createGateway({
    port: 0,
    feed: options.billstatus === undefined ? 'none' : 'billstatus',
    heartbeatIntervalMs: 0,
    logLevel: 'debug',
    writeLog: (line) => logLines.push(line),
    ...options,
  });
  gateways.add(gateway);
  const { url } = await gateway.start();
  const httpUrl = url.replace('ws:', 'http:').replace('/ws', '');
  return { ...gateway, url, httpUrl, logLines };
}

export async function connect(url: string, options: ConnectOptions = {}): Promise<TestClient> {
  const client = await TestClient.connect(url, options);
  clients.add(client);
  return client;
}

/** Connects in dialect v2, and greets. */
export async function greet(
  url: string,
  data: Message = {},
  options: ConnectOptions = {},
): Promise<TestClient> {
  const client = await connect(url, { protocols: ['civic-engagement-v2'], ...options });
  await client.hello(data);
  return client;
}

export async function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export function statusChange(billId: number, newStatus: string): Record<string, unknown> {
  return {
    type: 'bill_update',
    bill_id: billId,
    update: { type: 'status_change', data: { newStatus } },
    timestamp: '2026-01-02T03:04:05.000Z',
  };
}

export function metrics(billId: number, viewCount: number): Record<string, unknown> {
  return {
    type: 'engagement_metrics',
    bill_id: billId,
    metrics: { view_count: viewCount, save_count: 1, comment_count: 2, share_count: 3 },
    timestamp: '2026-01-02T03:04:05.000Z',
  };
}
