// Runs one subject; the benchmark steers it through `window.bench`.
// Query: subject (a file of subjects/), gateway, bills (how many, from 1), read (how many of them in every frame).
import type { StartSubject, Subject } from './subject.js';

const query = new URLSearchParams(location.search);
const bills = Number(query.get('bills'));
const readPerFrame = Number(query.get('read'));

// Each in a file of its own, so that no subject pays for the code of another.
const code = import.meta.glob<{ start: StartSubject }>('./subjects/*.ts');
let subject: Subject;

async function begin(): Promise<void> {
  const load = code[`./subjects/${query.get('subject') ?? ''}.ts`];
  if (load === undefined) throw new Error('There is no such subject.');
  const { start } = await load();
  subject = await start(query.get('gateway') ?? '', bills);
  if (readPerFrame > 0) requestAnimationFrame(readFrame);
}

/** What was read last, so that reading has a use. */
let seen: unknown;

function readFrame(): void {
  for (let bill = 1; bill <= readPerFrame; ++bill) seen = subject.updates(bill).at(-1)?.timestamp;
  requestAnimationFrame(readFrame);
}

const bench = {
  ready: begin(),
  received: () => subject.received(),
  seen: () => seen,
  newestIndexes: () =>
    Array.from({ length: bills }, (_, bill) => subject.updates(bill + 1).at(-1)?.data.index ?? -1),
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
