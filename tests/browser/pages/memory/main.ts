// A page that takes in a scripted flood: it subscribes and unsubscribes, listens now and then, and reads some of
// what it subscribed to. No network and no server; the test steers it through `window.memoryPage`.
import { RealTimeService } from 'civic-realtime';

import { frame } from './messages.js';
import { ScriptedSocket } from './scripted-socket.js';
import { countWasmMemory } from './wasm-memory.js';

const wasmBytes = countWasmMemory();

/** Bills subscribed at any time, subscriptions that change between two frames of the page, and what is read then. */
const watched = 100;
const cyclesPerTurn = 50;
const readPerTurn = 10;

const service = new RealTimeService(
  {
    // Of this machine: without a network the engine would wait for one before it went anywhere else.
    websocket: { url: 'ws://localhost/ws', host: 'page', heartbeat: { enabled: false } },
    subscriptions: { lingerMs: 1 },
    // Keeping what waits takes a topic of its own, which would stay.
    notifications: { persistOffline: false },
  },
  { engine: { WebSocket: ScriptedSocket as unknown as typeof WebSocket } },
);
const tracking = service.getBillTrackingService();

export interface Amount {
  messages: number;
  cycles: number;
}

let frames = 0;
let lastBill = 0;
let heard = 0;

async function run(wanted: Amount) {
  const socket = ScriptedSocket.current;
  if (socket === null) throw new Error('The page is not connected.');
  const sentBefore = { ...socket.sent };
  const turns = Math.ceil(wanted.cycles / cyclesPerTurn);
  const done = { messages: 0, malformed: 0, cycles: 0, heard: 0 };
  const bills: number[] = [];
  const heardBefore = heard;
  const receivedBefore = counters().messagesReceived;
  for (let turn = 0; turn < turns; ++turn) {
    const ignore = turn % 10 === 0 ? service.on('billUpdate', () => void ++heard) : undefined;
    for (let cycle = 0; cycle < cyclesPerTurn && done.cycles < wanted.cycles; ++cycle) {
      if (bills.length === watched) tracking.unsubscribeFromBill(bills.shift() as number);
      bills.push(++lastBill);
      tracking.subscribeToBill(lastBill);
      ++done.cycles;
      // Commands go out in a microtask.
      await Promise.resolve();
      const due = (wanted.messages * done.cycles) / wanted.cycles;
      while (done.messages < due) receive(socket, bills, done);
    }
    // Every turn ends with all of it on the page: how much waits in the engine must not depend on the machine's pace.
    const received = receivedBefore + done.messages;
    do await nextFrame();
    while (counters().messagesReceived < received);
    for (let index = 0; index < readPerTurn; ++index) read(bills[index * 7] ?? 0);
    ignore?.();
  }
  for (const bill of bills) tracking.unsubscribeFromBill(bill);
  await socket.whenSent('unsubscribe', sentBefore.unsubscribe + wanted.cycles);
  // The last bundle tells of it.
  while (counters().topicsActive > 0) await nextFrame();
  return {
    ...done,
    heard: heard - heardBefore,
    subscribes: socket.sent.subscribe - sentBefore.subscribe,
    unsubscribes: socket.sent.unsubscribe - sentBefore.unsubscribe,
  };
}

function receive(
  socket: ScriptedSocket,
  bills: readonly number[],
  done: { messages: number; malformed: number },
): void {
  const { text, messages } = frame(frames++, bills);
  socket.receive(text);
  done.messages += messages;
  if (messages === 0) ++done.malformed;
}

function read(bill: number): void {
  for (const { data } of tracking.getBillUpdates(bill)) {
    if (data.billId !== bill)
      throw new Error(
        `An update of bill ${String(data.billId)} is kept as one of ${String(bill)}.`,
      );
  }
  tracking.getEngagementMetrics(bill);
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function counters() {
  return service.getStats().counters;
}

function figures() {
  const { messagesReceived, malformedFrames, cacheBytes, topicsActive, subscriptionsActive } =
    counters();
  return {
    wasmBytes: wasmBytes(),
    messagesReceived,
    malformedFrames,
    cacheBytes,
    topicsActive,
    subscriptionsActive,
  };
}

const memoryPage = { ready: service.initialize(), run, figures };

declare global {
  interface Window {
    memoryPage: typeof memoryPage;
  }
}
window.memoryPage = memoryPage;
