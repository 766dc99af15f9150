// Runs one subject; the benchmark steers it through `window.bench`.
// Query: subject (a file of subjects/), gateway, bills (how many, from 1), read (how many of them in every frame).
import type { StartSubject, Subject } from './subject.js';

const query = new URLSearchParams(location.search);
const bills = Number(query.get('bills'));
const readPerFrame = Number(query.get('read'));

let subject: Subject;

async function begin(): Promise<void> {
  // Each in a file of its own, so that no subject pays for the code of another.
  const { start } = (await import(`./subjects/${query.get('subject') ?? ''}.ts`)) as {
    start: StartSubject;
  };
  subject = await start(query.get('gateway') ?? '', bills);
  if (readPerFrame > 0) requestAnimationFrame(readFrame);
}

/** What was read last, so that reading has a use. */
let seen: unknown;

function readFrame(): void {
  for (let bill = 1; bill <= readPerFrame; ++bill) seen = subject.updates(bill).at(-1)?.timestamp;
  requestAnimationFrame(readFrame);
}

/**
 * Resolves with the number of updates received when there are `count`, or when patience is over. The page looks itself,
 * and rarely: being asked from outside costs it more.
 */
async function arrived(count: number, patienceMs: number): Promise<number> {
  const deadline = performance.now() + patienceMs;
  while (subject.received() < count && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return subject.received();
}

const bench = {
  ready: begin(),
  arrived,
  seen: () => seen,
  newestIndexes: () =>
    Array.from(
      { length: bills },
      (_, bill) => subject.updates(bill + 1).at(-1)?.data['index'] ?? -1,
    ),
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
