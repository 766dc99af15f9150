/** NATS that is missing, refuses, or is full: the log says it once, clients are told when to come back, and it heals. */

import { afterEach, describe, expect, it } from 'vitest';
import {
  connect,
  greet,
  postJson,
  statusChange,
  type RunningGateway,
} from '../gateway/support/fixture.js';
import type { Message } from '../gateway/support/test-client.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway, startNatsGatewayNow } from './support/nats-gateways.js';
import { untilHealthy } from './support/until-healthy.js';

let servers: NatsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

function natsServer(...options: ConstructorParameters<typeof NatsServer>): NatsServer {
  const server = new NatsServer(...options);
  servers.push(server);
  return server;
}

const errorsOf = (gateway: RunningGateway): string[] =>
  gateway.logLines.filter((line) => line.includes(' error ')).map((line) => line.slice(19));

async function expectTurnedAway(gateway: RunningGateway): Promise<void> {
  const client = await connect(gateway.url, { protocols: ['civic-engagement-v2'] });
  const { retryAfter } = await client.find((message) => message.retryAfter !== undefined);
  expect(retryAfter).toBeGreaterThanOrEqual(5000);
  expect((await client.closed).code).toBe(1013);
}

async function expectServed(gateway: RunningGateway, billId: number): Promise<void> {
  const client = await greet(gateway.url);
  await client.follow(`bill:${billId}`);
  const { status } = await postJson(`${gateway.httpUrl}/publish`, statusChange(billId, 'passed'));
  expect(status).toBe(200);
  await client.find((message: Message) => message.topic === `bill:${billId}`);
}

describe('NATS that', () => {
  it('is not there yet is waited for', async () => {
    const nats = await natsServer().start();
    await nats.kill();
    const gateway = await startNatsGatewayNow(nats.url);
    await expect
      .poll(() => errorsOf(gateway))
      .toEqual([
        `NATS at ${nats.url} cannot be reached: connection refused; the gateway tries again until it can`,
      ]);
    await expectTurnedAway(gateway);
    const health = await fetch(`${gateway.httpUrl}/health`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: 'unavailable' }]);
    const response = await fetch(`${gateway.httpUrl}/publish`, {
      method: 'POST',
      body: JSON.stringify(statusChange(1, 'a')),
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    await nats.start();
    await untilHealthy(gateway.httpUrl);
    await expectServed(gateway, 1);
    expect(errorsOf(gateway)).toHaveLength(1);
  });

  it('refuses the credentials says so without repeating them', async () => {
    const locked = 'authorization { user: civic, password: right-password }';
    const nats = await natsServer({ configuration: locked }).start();
    const gateway = await startNatsGatewayNow(nats.url.replace('//', '//civic:wrong-password@'));
    await expect
      .poll(() => errorsOf(gateway))
      .toEqual([
        `NATS at ${nats.url} refuses the credentials; the gateway tries again until it can`,
      ]);
    await expectTurnedAway(gateway);
    await nats.kill();
    await nats.start(locked.replace('right', 'wrong'));
    await untilHealthy(gateway.httpUrl);
    await expectServed(gateway, 1);
    expect(gateway.logLines.join('\n')).not.toContain('wrong-password');
  });

  it('has no JetStream is told to have none', async () => {
    const nats = await natsServer({ jetStream: false }).start();
    const gateway = await startNatsGatewayNow(nats.url);
    await expect
      .poll(() => errorsOf(gateway).join('\n'))
      .toMatch(/cannot keep events: .*jetstream/i);
    await expectTurnedAway(gateway);
  });

  it('is full refuses what is published, goes on telling, and stores again when there is room', async () => {
    const nats = await natsServer({ maximumFileBytes: 512 * 1024 }).start();
    const gateway = await startNatsGateway(nats.url, { streamDiskBytes: 0 });
    const page = await greet(gateway.url);
    await page.follow('bill:1');
    const large = { ...statusChange(1, 'x'.repeat(60_000)) };
    let status = 200;
    for (let tries = 0; status === 200 && tries < 100; tries += 1)
      ({ status } = await postJson(`${gateway.httpUrl}/publish`, large));
    expect(status).toBe(503);
    expect(errorsOf(gateway)).toEqual([
      expect.stringMatching(
        /^NATS does not store: .*; what is published is refused until it is stored again$/,
      ),
    ]);
    const writer = await greet(gateway.url);
    writer.send({
      type: 'comment_update',
      messageId: 'm1',
      data: { billId: 1, text: 'x'.repeat(8000) },
    });
    expect((await writer.closed).code).toBe(1013);
    expect(writer.ofType('ack')).toEqual([]);
    await page.settled();
    await nats.kill();
    await nats.start('', 64 * 1024 ** 2);
    await untilHealthy(gateway.httpUrl);
    await expectServed(gateway, 2);
    expect(gateway.logLines.join('\n')).toContain('stores again');
  });

  it('goes away for longer than a restart takes costs the connections, and no events', async () => {
    const nats = await natsServer().start();
    const gateway = await startNatsGateway(nats.url);
    const page = await greet(gateway.url);
    await page.follow('bill:1');
    await nats.kill();
    const { retryAfter } = await page.find((message) => message.retryAfter !== undefined);
    expect(retryAfter).toBeGreaterThanOrEqual(5000);
    expect((await page.closed).code).toBe(1013);
    await nats.start();
    await untilHealthy(gateway.httpUrl);
    await expectServed(gateway, 1);
  });
});
