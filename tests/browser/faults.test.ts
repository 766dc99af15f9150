/** Dialect v2 over connections that break in every way: what the page was told is what the gateway published. */

import fc from 'fast-check';
import { expect } from 'vitest';

import type { Gateway } from '../../web-demo/gateway/gateway.js';
import type { WebSocketConfigInput } from '../../js/src/types.js';
import type { Delivery } from './support/delivery-check.js';
import type { DeliveryTab } from './support/delivery-tab.js';
import { testOfDelivery, type FaultyLine } from './support/delivery-test.js';
import type { FaultProxy } from './support/fault-proxy.js';
import type { FaultAction } from './support/fault-rule.js';

const bills = 3;
/** Kept per stream: less than what is published while a page is away in one of the tests. */
const streamEvents = 200;

const test = testOfDelivery();

let line: FaultyLine;
let gateway: Gateway;
let proxy: FaultProxy;

test.beforeEach(async ({ startLine }) => {
  line = await startLine({ streamEvents });
  ({ gateway, proxy } = line);
});

const quick: WebSocketConfigInput = {
  reconnect: { delay: 20, maxDelay: 200, maxAttempts: 10_000 },
  heartbeat: { interval: 1500, timeout: 1000 },
};

async function open(websocket: WebSocketConfigInput = quick): Promise<DeliveryTab> {
  const tab = await line.open({ bills, discussions: 1, websocket });
  await expect.poll(() => gateway.stats().subscriptions).toBe(bills + 1);
  return tab;
}

let published = 0;

/** Updates and metrics of all bills in turn. */
function publish(count: number): void {
  for (let index = 0; index < count; ++index) {
    const n = ++published;
    const bill_id = 1 + (n % bills);
    gateway.publish(
      n % 7 === 0
        ? { type: 'engagement_metrics', bill_id, metrics: { view_count: n } }
        : {
            type: 'bill_update',
            bill_id,
            update: { type: 'amendment', data: { n, text: '法案' } },
          },
    );
  }
}

async function settle(tab: DeliveryTab): Promise<Delivery> {
  const log = gateway.log.events();
  await tab.untilTold(log);
  return tab.check(log);
}

/** Everything before and after a fault arrives; `when` the fault comes is up to what is published. */
async function afterFault(
  then: FaultAction,
  options: { websocket?: WebSocketConfigInput; times?: number } = {},
): Promise<{ tab: DeliveryTab; delivery: Delivery }> {
  const tab = await open(options.websocket);
  publish(30);
  await tab.untilTold(gateway.log.events());
  const { times = 1 } = options;
  const fault = proxy.add({
    when: { direction: 'to page', match: /"seq":/, nth: 10, times },
    then,
  });
  publish(60);
  await expect.poll(() => fault.applied).toBeGreaterThan(0);
  const delivery = await settle(tab);
  expect(delivery).toMatchObject({ told: 90, lost: 0, lossyGaps: 0 });
  return { tab, delivery };
}

test.each(['worker', 'page'] as const)(
  'a frame that is lost is asked for again, in the %s host',
  async (host) => {
    const { tab, delivery } = await afterFault({ do: 'drop' }, { websocket: { ...quick, host } });
    expect(delivery.recoveredGaps).toBe(1);
    expect(await tab.counter('gapsRecovered')).toBe(1);
    expect(await tab.counter('reconnects')).toBe(0);
  },
);

test('the newest event that is lost is missed at the next heartbeat', async () => {
  const tab = await open();
  publish(30);
  await tab.untilTold(gateway.log.events());
  const { epoch, seq } = gateway.log.events('bill:2').at(-1) ?? {};
  const lost = proxy.add({
    when: {
      direction: 'to page',
      match: new RegExp(
        `"epoch":"${String(epoch)}","seq":${String(Number(seq) + 1)}\\b.*"bill_id":2\\b`,
      ),
    },
    then: { do: 'drop' },
  });
  publish(3);
  await expect.poll(() => lost.applied).toBe(1);
  expect(await settle(tab)).toMatchObject({ told: 33, lost: 0, recoveredGaps: 1, lossyGaps: 0 });
  expect(await tab.counter('reconnects')).toBe(0);
});

test('frames that come twice are taken once', async () => {
  const { tab, delivery } = await afterFault({ do: 'duplicate' }, { times: 40 });
  expect(delivery.recoveredGaps).toBe(0);
  await tab.untilCounter('duplicatesDropped', 40);
  expect(await tab.counter('reconnects')).toBe(0);
});

test('after a cut in the middle of a frame the streams go on from where they stood', async () => {
  const { tab, delivery } = await afterFault({ do: 'cut mid-frame' });
  expect(delivery.recoveredGaps).toBe(0);
  expect(await tab.counter('streamsResumed')).toBe(bills + 1);
  expect(await tab.counter('malformedFrames')).toBe(0);
});

test('a stall of five seconds is waited for', async () => {
  const heartbeat = { interval: 30_000, timeout: 5000 };
  const { tab, delivery } = await afterFault(
    { do: 'stall', ms: 5000 },
    { websocket: { ...quick, heartbeat } },
  );
  expect(delivery.recoveredGaps).toBe(0);
  expect(await tab.counter('reconnects')).toBe(0);
});

test('a half-open connection is noticed and replaced', async () => {
  const { tab, delivery } = await afterFault({ do: 'half-open' });
  expect(delivery.recoveredGaps).toBe(0);
  expect(await tab.counter('reconnects')).toBe(1);
  expect(await tab.counter('streamsResumed')).toBe(bills + 1);
});

test('a slow line changes nothing', async () => {
  const { tab, delivery } = await afterFault({ do: 'delay', ms: 300 }, { times: Infinity });
  expect(delivery.recoveredGaps).toBe(0);
  expect(await tab.counter('reconnects')).toBe(0);
});

test.each([1001, 1012, 4408])('a server that closes with %i is gone back to', async (code) => {
  const { tab, delivery } = await afterFault({ do: 'close', code });
  expect(delivery.recoveredGaps).toBe(0);
  expect(await tab.counter('streamsResumed')).toBe(bills + 1);
});

test.each(['welcome', 'subscribed'])('a %s that is lost is asked for again', async (type) => {
  const tab = await open();
  publish(30);
  await tab.untilTold(gateway.log.events());
  const lost = proxy.add({ when: { direction: 'to page', type }, then: { do: 'drop' } });
  proxy.cut();
  publish(30);
  proxy.mend();
  await expect.poll(() => lost.applied).toBe(1);
  // Without it the connection does not count as one.
  await expect.poll(() => tab.state()).toBe('connected');
  publish(30);
  expect(await settle(tab)).toMatchObject({ told: 90, lost: 0, lossyGaps: 0 });
});

/** Twenty times two faults; greetings, answers, pings and pongs break as well as events. */
const storm = fc.record({
  when: fc.record({
    direction: fc.oneof(
      { weight: 4, arbitrary: fc.constant('to page' as const) },
      { weight: 1, arbitrary: fc.constant('to gateway' as const) },
    ),
    nth: fc.integer({ min: 1, max: 20 }),
  }),
  then: fc.constantFrom<FaultAction>(
    { do: 'drop' },
    { do: 'drop' },
    { do: 'duplicate' },
    { do: 'delay', ms: 50 },
    { do: 'stall', ms: 200 },
    { do: 'cut mid-frame' },
    { do: 'close', code: 1012 },
    { do: 'half-open' },
  ),
});
const rounds = 20;

test.each([1, 2])('all of it in a row, by seed %i', async (seed) => {
  const tab = await open();
  const rules = fc.sample(storm, { seed, numRuns: 2 * rounds });
  let applied = 0;
  while (rules.length > 0) {
    const faults = rules.splice(0, 2).map((rule) => proxy.add(rule));
    publish(40);
    await tab.untilTold(gateway.log.events());
    for (const fault of faults) applied += fault.applied;
    proxy.clear();
  }
  const delivery = await settle(tab);
  console.log(
    `seed ${String(seed)}: ${String(applied)} faults, ${String(delivery.recoveredGaps)} holes filled`,
  );
  expect(applied).toBeGreaterThan(rounds);
  expect(delivery).toMatchObject({ told: 40 * rounds, lost: 0, lossyGaps: 0 });
});

test('what history no longer has is one gap per stream that says how much', async () => {
  const tab = await open();
  publish(30);
  await tab.untilTold(gateway.log.events());
  proxy.cut();
  publish(3 * bills * streamEvents);
  proxy.mend();
  publish(30);
  const delivery = await settle(tab);
  expect(delivery).toMatchObject({ lossyGaps: bills, recoveredGaps: 0 });
  expect(delivery.told + delivery.lost).toBe(60 + 3 * bills * streamEvents);
  expect(delivery.lost).toBeGreaterThan(bills * streamEvents);
  expect(await tab.counter('gaps')).toBe(bills);
});
