// Runs one subject; the benchmark steers it through `window.bench`.
// Query: subject (a file of subjects/), view ("react": of views/), server, bills (how many, from 1), shown (how many of
// them are read in every frame, or have a card), eventsPerFrame (of the socket).
import type { FrameFigures } from './frame-figures.js';
import { FrameMeter } from './frame-meter.js';
import type { StartOptions, StartSubject, StartView, Subject } from './subject.js';

const query = new URLSearchParams(location.search);
const name = query.get('subject') ?? '';
const isView = query.get('view') === 'react';
const bills = Number(query.get('bills'));
const shown = Array.from({ length: Number(query.get('shown')) }, (_, index) => index + 1);

const bench = {
  /** How long connecting took, in milliseconds, and what the page had loaded before. */
  ready: begin(),
  arrived,
  seen: (): unknown => seen,
  newestIndexes: (): readonly unknown[] =>
    Array.from(
      { length: bills },
      (_, bill) => subject.updates(bill + 1).at(-1)?.data['index'] ?? -1,
    ),
  watchFrames: (): void => {
    meter = new FrameMeter();
  },
  frames: (): FrameFigures | undefined => meter?.stop(),
  /** Renders by bill, from 1, since the page began. */
  renders: (): readonly number[] => shown.map((bill) => renders?.get(bill) ?? 0),
  latencies: (): readonly number[] => latencies?.take() ?? [],
};

let subject: Subject;
let meter: FrameMeter | undefined;
let renders: ReadonlyMap<number, number> | undefined;
let latencies: { take(): readonly number[] } | undefined;

async function begin(): Promise<{ connectMs: number; loadedBefore: readonly string[] }> {
  // Each in a file of its own, so that no subject pays for the code of another.
  const start = isView ? await loadView() : await loadSubject();
  const loadedBefore = performance.getEntriesByType('resource').map((entry) => entry.name);
  const started = performance.now();
  let connectMs = NaN;
  const connected = (): void => {
    connectMs = performance.now() - started;
  };
  subject = await start({
    server: query.get('server') ?? '',
    bills,
    eventsPerFrame: Number(query.get('eventsPerFrame')),
    connected,
  });
  if (!isView && shown.length > 0) requestAnimationFrame(readFrame);
  return { connectMs, loadedBefore };
}

async function loadSubject(): Promise<StartSubject> {
  return ((await import(`./subjects/${name}.ts`)) as { start: StartSubject }).start;
}

async function loadView(): Promise<(options: StartOptions) => Promise<Subject>> {
  const [view, { createRoot }, card, measured] = await Promise.all([
    import(`./views/${name}.tsx`) as Promise<{ start: StartView }>,
    import('react-dom/client'),
    import('./bill-card.js'),
    import('./latencies.js'),
  ]);
  renders = card.renders;
  latencies = measured.latencies;
  return (options) =>
    new Promise((resolve, reject) => {
      const root = createRoot(document.getElementById('root') as HTMLElement, {
        onUncaughtError: reject,
      });
      view.start(options, shown, (element) => root.render(element)).then(resolve, reject);
    });
}

/** What was read last, so that reading has a use. */
let seen: unknown;

function readFrame(): void {
  for (const bill of shown) seen = subject.updates(bill).at(-1)?.timestamp;
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

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
