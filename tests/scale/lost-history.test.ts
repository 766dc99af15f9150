/** History that was lost in NATS: pages are told of a gap, once, and go on in another epoch. */

import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { postJson, statusChange, type RunningGateway } from '../gateway/support/fixture.js';
import { Page } from '../gateway/support/page.js';
import { NatsServer } from './support/nats-server.js';
import { startNatsGateway } from './support/nats-gateways.js';
import { untilHealthy } from './support/until-healthy.js';

const TOPIC = 'bill:1';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startNats(): Promise<NatsServer> {
  const nats = new NatsServer();
  stops.push(() => nats.stop());
  return nats.start();
}

async function publish({ httpUrl }: RunningGateway, ...statuses: string[]): Promise<void> {
  for (const status of statuses)
    expect((await postJson(`${httpUrl}/publish`, statusChange(1, status))).status).toBe(200);
}

async function follow({ url }: RunningGateway): Promise<Page> {
  const page = new Page(url, 'engine');
  await page.connect();
  page.subscribe([TOPIC]);
  await page.settled();
  return page;
}

/** Each once: of another history, everything that it has is told again. */
const taken = (page: Page): unknown[] => [
  ...new Set(page.of(TOPIC).taken.map(({ update }) => update.data.newStatus as unknown)),
];

async function expectToGoOn(
  page: Page,
  gateway: RunningGateway,
  ...before: string[]
): Promise<void> {
  await publish(gateway, 'later', 'last');
  await page.client?.until(() => taken(page).includes('last'));
  expect(taken(page)).toEqual([...before, 'later', 'last']);
  expect(page.of(TOPIC).gaps).toHaveLength(1);
  expect(page.faults).toEqual([]);
}

it('the stream is deleted while gateways run: it is made anew, and everybody goes on in it', async () => {
  const nats = await startNats();
  const gateways = [await startNatsGateway(nats.url), await startNatsGateway(nats.url)] as const;
  const pages = await Promise.all(gateways.map(follow));
  await publish(gateways[0], 'a', 'b', 'c');
  for (const page of pages) await page.client?.until(() => taken(page).length === 3);
  const epoch = pages[0]?.of(TOPIC).position?.epoch;
  const connection = await connect({ servers: nats.url.slice('nats://'.length) });
  const { streams } = await jetstreamManager(connection);
  await streams.delete('CIVIC');
  await connection.close();
  await nats.kill();
  await nats.start();
  for (const { httpUrl } of gateways) await untilHealthy(httpUrl);
  await publish(gateways[0], 'later', 'last');
  for (const page of pages) {
    await page.client?.until(() => taken(page).includes('last'));
    expect(taken(page)).toEqual(['a', 'b', 'c', 'later', 'last']);
    expect(page.of(TOPIC).gaps).toHaveLength(1);
    expect(page.of(TOPIC).position?.epoch).not.toBe(epoch);
    expect(page.faults).toEqual([]);
  }
});

it('the newest events are gone, as when a machine lost power: their numbers are given again in another epoch', async () => {
  const nats = await startNats();
  const gateway = await startNatsGateway(nats.url);
  const page = await follow(gateway);
  await publish(gateway, 'a');
  await page.client?.until(() => taken(page).length === 1);
  const epoch = page.of(TOPIC).position?.epoch;
  const backup = mkdtempSync(join(tmpdir(), 'civic-backup-'));
  stops.push(() => rmSync(backup, { recursive: true, force: true }));
  await nats.kill();
  cpSync(nats.folder, backup, { recursive: true });
  await nats.start();
  await untilHealthy(gateway.httpUrl);
  await publish(gateway, 'b', 'c');
  await page.client?.until(() => taken(page).length === 3);
  await nats.kill();
  rmSync(join(nats.folder, 'jetstream'), { recursive: true });
  cpSync(join(backup, 'jetstream'), join(nats.folder, 'jetstream'), { recursive: true });
  await nats.start();
  await untilHealthy(gateway.httpUrl);
  await expectToGoOn(page, gateway, 'a', 'b', 'c');
  expect(page.of(TOPIC).position?.epoch).not.toBe(epoch);
  expect(gateway.logLines.join('\n')).toContain(
    'the history in NATS is not the one there was before',
  );
});
