/** The proxy that breaks connections for the other tests, between sockets of Node. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { FaultProxy } from './support/fault-proxy.js';
import type { FaultRule } from './support/fault-rule.js';
import { FrameSplitter } from './support/frame-splitter.js';

/** Passes when a test says so. */
class ManualTime {
  private nowMs = 0;
  private sleepers: { untilMs: number; wake: () => void }[] = [];

  now = (): number => this.nowMs;

  wait = (ms: number): Promise<void> =>
    new Promise((wake) => this.sleepers.push({ untilMs: this.nowMs + ms, wake }));

  get waiting(): number {
    return this.sleepers.length;
  }

  pass(ms: number): void {
    this.nowMs += ms;
    const due = this.sleepers.filter(({ untilMs }) => untilMs <= this.nowMs);
    this.sleepers = this.sleepers.filter(({ untilMs }) => untilMs > this.nowMs);
    for (const { wake } of due) wake();
  }
}

let server: WebSocketServer;
let proxy: FaultProxy;
let time: ManualTime;

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  time = new ManualTime();
  proxy = await FaultProxy.start((server.address() as AddressInfo).port, time);
});
afterEach(async () => {
  await proxy.stop();
  server.close();
});

interface End {
  readonly socket: WebSocket;
  /** What came, in order. */
  readonly texts: string[];
  readonly closed: Promise<number>;
}

function watch(socket: WebSocket): End {
  const texts: string[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => texts.push(data.toString()));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  return { socket, texts, closed };
}

async function join(): Promise<{ page: End; gateway: End }> {
  const accepted = once(server, 'connection') as Promise<[WebSocket]>;
  const page = watch(
    new WebSocket(`ws://127.0.0.1:${String(proxy.port)}`, { perMessageDeflate: false }),
  );
  const [[far]] = await Promise.all([accepted, once(page.socket, 'open')]);
  return { page, gateway: watch(far) };
}

const message = (n: number, type = 'bill_update'): string => JSON.stringify({ type, n });
const numbersOf = ({ texts }: End): number[] =>
  texts.map((text) => (JSON.parse(text) as { n: number }).n);

/** Sends numbered messages to the page; the last one tells that all before it had their chance. */
async function tell({ page, gateway }: { page: End; gateway: End }, count: number): Promise<void> {
  for (let n = 1; n <= count; ++n) gateway.socket.send(message(n));
  gateway.socket.send(message(0, 'end'));
  await expect.poll(() => numbersOf(page).at(-1)).toBe(0);
}

test('without a rule everything crosses, both ways, whatever its size', async () => {
  const ends = await join();
  const sizes = [0, 1, 125, 126, 65_535, 65_536, 3_000_000];
  for (const size of sizes) {
    ends.page.socket.send('x'.repeat(size));
    ends.gateway.socket.send('é'.repeat(size));
  }
  const lengths = ({ texts }: End): number[] => texts.map((text) => text.length);
  await expect.poll(() => lengths(ends.gateway)).toEqual(sizes);
  await expect.poll(() => lengths(ends.page)).toEqual(sizes);
  ends.page.socket.close(4001, 'enough');
  expect(await ends.gateway.closed).toBe(4001);
  expect(await ends.page.closed).toBe(4001);
});

test.each<[string, FaultRule, number[]]>([
  ['drop', { when: { direction: 'to page', nth: 2 }, then: { do: 'drop' } }, [1, 3, 4, 0]],
  [
    'drop some',
    { when: { direction: 'to page', nth: 2, times: 2 }, then: { do: 'drop' } },
    [1, 4, 0],
  ],
  [
    'duplicate',
    { when: { direction: 'to page', match: /"n":[13]\b/, times: 9 }, then: { do: 'duplicate' } },
    [1, 1, 2, 3, 3, 4, 0],
  ],
  [
    'of a type',
    { when: { direction: 'to page', type: 'end' }, then: { do: 'duplicate' } },
    [1, 2, 3, 4, 0, 0],
  ],
  [
    'the other way',
    { when: { direction: 'to gateway', times: 9 }, then: { do: 'drop' } },
    [1, 2, 3, 4, 0],
  ],
])('%s', async (_name, rule, expected) => {
  const fault = proxy.add(rule);
  const ends = await join();
  await tell(ends, 4);
  await expect.poll(() => numbersOf(ends.page)).toEqual(expected);
  const changed = expected.length !== 5;
  expect(fault.applied > 0).toBe(changed);
  expect(proxy.describe().includes(rule.then.do)).toBe(changed);
});

test.each(['delay', 'stall'] as const)(
  '%s holds a frame and what is behind it, in order',
  async (what) => {
    proxy.add({ when: { direction: 'to page', nth: 2 }, then: { do: what, ms: 5000 } });
    const ends = await join();
    for (const n of [1, 2, 3]) ends.gateway.socket.send(message(n));
    await expect.poll(() => time.waiting).toBe(1);
    await expect.poll(() => numbersOf(ends.page)).toEqual([1]);
    // The other direction goes on meanwhile.
    ends.page.socket.send(message(7));
    await expect.poll(() => numbersOf(ends.gateway)).toEqual([7]);
    time.pass(4999);
    expect(time.waiting).toBe(1);
    time.pass(1);
    await expect.poll(() => numbersOf(ends.page)).toEqual([1, 2, 3]);
  },
);

test('a rule may begin later', async () => {
  proxy.add({ when: { direction: 'to page', afterMs: 1000, times: 9 }, then: { do: 'drop' } });
  const ends = await join();
  ends.gateway.socket.send(message(1));
  await expect.poll(() => numbersOf(ends.page)).toEqual([1]);
  time.pass(1000);
  ends.gateway.socket.send(message(2));
  await expect.poll(() => proxy.describe()).toContain('"n":2');
  proxy.clear();
  ends.gateway.socket.send(message(3));
  await expect.poll(() => numbersOf(ends.page)).toEqual([1, 3]);
});

test('cut mid-frame: half of a frame crosses, and both sides lose the connection', async () => {
  proxy.add({ when: { direction: 'to page', nth: 2 }, then: { do: 'cut mid-frame' } });
  const ends = await join();
  let crossed = 0;
  const raw = (ends.page.socket as unknown as { _socket: NodeJS.ReadableStream })._socket;
  raw.on('data', (chunk: Buffer) => (crossed += chunk.length));
  for (const n of [1, 2, 3]) ends.gateway.socket.send(message(n));
  expect(await ends.page.closed).toBe(1006);
  expect(await ends.gateway.closed).toBe(1006);
  expect(numbersOf(ends.page)).toEqual([1]);
  const frameBytes = 2 + message(1).length;
  expect(crossed).toBe(frameBytes + (frameBytes >> 1));
});

test('half-open: nothing crosses, nobody is told, not even when one side goes', async () => {
  proxy.add({
    when: { direction: 'to gateway', type: 'ping' },
    then: { do: 'half-open' },
  });
  const ends = await join();
  ends.page.socket.send(message(1));
  await expect.poll(() => numbersOf(ends.gateway)).toEqual([1]);
  ends.page.socket.send(message(2, 'ping'));
  await expect.poll(() => proxy.describe()).toContain('half-open');
  ends.gateway.socket.send(message(3));
  ends.page.socket.send(message(4));
  ends.page.socket.terminate();
  await ends.page.closed;
  // A connection of its own works, so everything that was going to arrive had its chance.
  const others = await join();
  await tell(others, 1);
  expect(ends.gateway.socket.readyState).toBe(WebSocket.OPEN);
  expect(numbersOf(ends.gateway)).toEqual([1]);
  expect(ends.page.texts).toEqual([]);
  expect(proxy.size).toBe(2);
});

test('close: the page gets the code, the gateway a dead connection', async () => {
  proxy.add({
    when: { direction: 'to page', type: 'end' },
    then: { do: 'close', code: 1012, reason: 'restart' },
  });
  const ends = await join();
  ends.gateway.socket.send(message(1));
  ends.gateway.socket.send(message(0, 'end'));
  expect(await ends.page.closed).toBe(1012);
  expect(await ends.gateway.closed).toBe(1006);
  expect(numbersOf(ends.page)).toEqual([1]);
});

test('cut and mend: all connections go at once, and new ones until it is mended', async () => {
  const all = [await join(), await join()];
  proxy.cut();
  for (const { page, gateway } of all) {
    expect(await page.closed).toBe(1006);
    expect(await gateway.closed).toBe(1006);
  }
  const refused = watch(new WebSocket(`ws://127.0.0.1:${String(proxy.port)}`));
  expect(await refused.closed).toBe(1006);
  proxy.mend();
  await tell(await join(), 1);
});

test('a connection to a gateway that is not there ends', async () => {
  const elsewhere = await FaultProxy.start(1);
  const page = watch(new WebSocket(`ws://127.0.0.1:${String(elsewhere.port)}`));
  expect(await page.closed).toBe(1006);
  await elsewhere.stop();
});

test('frames are found however the network cuts the bytes', () => {
  const head = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
  const long = Buffer.alloc(300, 'y');
  const bytes = Buffer.concat([
    head,
    Buffer.from([0x81, 0x02, 0x68, 0x69]),
    Buffer.from([0x82, 0x83, 1, 2, 3, 4, 1 ^ 7, 2 ^ 7, 3 ^ 7]),
    Buffer.from([0x01, 126, long.length >> 8, long.length & 0xff]),
    long,
  ]);
  for (let size = 1; size <= bytes.length; ++size) {
    const splitter = new FrameSplitter();
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size)
      pieces.push(...splitter.push(bytes.subarray(at, at + size)));
    expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(bytes);
    expect(pieces.map(({ frame }) => frame)).toEqual([
      null,
      { isFinal: true, opcode: 1, payload: Buffer.from('hi') },
      { isFinal: true, opcode: 2, payload: Buffer.from([7, 7, 7]) },
      { isFinal: false, opcode: 1, payload: long },
    ]);
    expect(splitter.pending).toBe(0);
  }
});
