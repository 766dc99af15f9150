// What the compiled engine costs in Node: socket frames in, bundles out, through the same glue a browser uses.
import { createEngineClient } from '../../../js/src/engine/create-engine-client.js';
import type { ReadModel } from '../../../js/src/engine/client.js';
import { socketsOf, type FakeSocket } from '../../../js/src/testing/fake-socket.js';
import { spreadOf, type Spread } from '../browser/statistics.js';
import { billUpdate, type MessageForm } from '../browser/servers/messages.js';
import { builtWasmUrl, loadBuiltGlue } from '../../wasm/support/built-engine.js';

export interface WasmResult {
  readonly name: string;
  readonly nanosecondsPerMessage: Spread;
  readonly megabytesPerSecond: number;
}

interface Case {
  readonly name: string;
  readonly form: MessageForm;
  readonly eventsPerFrame: number;
}

const messagesPerRun = 20_000;

const cases: readonly Case[] = [200, 450].flatMap((bytes) =>
  (['ascii', 'international'] as const).flatMap((text) =>
    [1, 50].map((eventsPerFrame) => ({
      name: `${String(bytes)} bytes, ${text}, 200 bills, ${String(eventsPerFrame)} in a frame`,
      form: { bills: 200, bytes, text, isStamped: false },
      eventsPerFrame,
    })),
  ),
);

export async function benchWasm(
  rounds: number,
  progress: (line: string) => void,
): Promise<readonly WasmResult[]> {
  const results: WasmResult[] = [];
  for (const one of cases) {
    results.push(await benchCase(one, rounds));
    progress(`WebAssembly in Node: ${one.name}`);
  }
  return results;
}

async function benchCase({ name, form, eventsPerFrame }: Case, rounds: number) {
  const { client, socket } = await connectedEngine(form.bills);
  const frames = framesOf(form, eventsPerFrame);
  const bytes = frames.reduce((sum, frame) => sum + Buffer.byteLength(frame), 0);
  const runs: number[] = [];
  // The first rounds compile code and fill what each bill keeps.
  for (let round = -2; round < rounds; ++round) {
    const started = performance.now();
    for (const frame of frames) socket.receive(frame);
    const nanoseconds = ((performance.now() - started) * 1e6) / messagesPerRun;
    if (round >= 0) runs.push(nanoseconds);
    // Bundles are made between the runs: here it is taking in that is measured.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await allStored(client.readModel, messagesPerRun * (rounds + 2));
  client.stop();
  const spread = spreadOf(runs);
  return {
    name,
    nanosecondsPerMessage: spread,
    megabytesPerSecond: (bytes / messagesPerRun / spread.median) * 1000,
  };
}

/** The counters come with the last bundle, which waits for its turn. */
async function allStored(readModel: ReadModel, wanted: number): Promise<void> {
  for (let patience = 100; patience > 0; --patience) {
    if (readModel.counter('recordsStored') === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  const stored = readModel.counter('recordsStored');
  throw new Error(`The engine stored ${String(stored)} of ${String(wanted)} messages.`);
}

function framesOf(form: MessageForm, eventsPerFrame: number): readonly string[] {
  const frames: string[] = [];
  for (let first = 0; first < messagesPerRun; first += eventsPerFrame) {
    const messages = Array.from({ length: eventsPerFrame }, (_, index) =>
      billUpdate(first + index, form),
    );
    frames.push(JSON.stringify(eventsPerFrame === 1 ? messages[0] : { type: 'batch', messages }));
  }
  return frames;
}

/** An engine whose server says nothing but what the benchmark says. */
async function connectedEngine(bills: number) {
  const opened: FakeSocket[] = [];
  const client = createEngineClient({
    config: JSON.stringify({ url: 'wss://bills.example/ws' }),
    host: 'page',
    wasmUrl: builtWasmUrl,
    WebSocket: socketsOf({ connecting: (socket) => opened.push(socket) }),
    seams: { loadGlue: loadBuiltGlue },
  });
  await client.start();
  client.command('connect', '');
  await new Promise((resolve) => setImmediate(resolve));
  const [socket] = opened;
  if (socket === undefined) throw new Error('The engine opened no socket.');
  socket.accept();
  for (let bill = 1; bill <= bills; ++bill) {
    client.command('subscribe', bill, `bill:${String(bill)}`, '{"deliver":false}');
  }
  return { client, socket };
}
