import { setTimeout as delay } from 'node:timers/promises';

import type { BenchGateway } from './bench-gateway.js';
import type { BenchPage, Chromium } from './devtools.js';
import { newestIndexes } from './messages.js';
import type { SubjectEntry } from './subjects.js';
import type { Workload } from './workloads.js';

/** Microseconds per message. */
export interface Figures {
  /** Tasks of the page's main thread, by the clock on the wall; without what the measuring itself asked of it. */
  readonly task: number;
  /** The part of it that ran JavaScript. */
  readonly script: number;
  /** Processor time of the page's main thread. */
  readonly mainCpu: number;
  /** Processor time of the page's process: main thread, workers, compositor, input and output. */
  readonly processCpu: number;
  /** From the first message published to the last one received. */
  readonly elapsed: number;
}

const pollMs = 50;
const patienceMs = 60_000;

export interface Place {
  readonly chromium: Chromium;
  readonly gateway: BenchGateway;
  readonly pageUrl: string;
}

/** One subject under one workload, on a page of its own. Throws when a message was lost. */
export async function measure(
  { chromium, gateway, pageUrl }: Place,
  subject: SubjectEntry,
  workload: Workload,
): Promise<Figures> {
  const { bills, read, rate, warmUp, messages } = workload;
  const query = new URLSearchParams({
    gateway: gateway.url,
    subject: subject.name,
    bills: String(bills),
    read: String(read),
  });
  const page = await chromium.open(`${pageUrl}?${query.toString()}`);
  try {
    await until('its script runs', () => page.evaluate('window.bench !== undefined'));
    await page.evaluate('window.bench.ready');
    const wanted = subject.receives ? bills : 0;
    await until('the gateway knows its subscriptions', async () => {
      return (await gateway.request({ kind: 'stats' })).subscriptions === wanted;
    });
    const droppedBefore = (await gateway.request({ kind: 'stats' })).dropped;

    const publish = async (first: number, count: number): Promise<void> => {
      await gateway.request({ kind: 'publish', first, count, bills, rate });
      const all = subject.receives ? first + count : 0;
      const arrived = await page.evaluate(`window.bench.arrived(${all}, ${patienceMs})`);
      if (arrived === all) return;
      throw new Error(`${subject.name} counts ${String(arrived)} of ${String(all)} messages.`);
    };
    await publish(0, warmUp);
    await page.countPerformance();
    const [before, started] = [await page.performance(), performance.now()];
    await publish(warmUp, messages);
    const [after, ended] = [await page.performance(), performance.now()];

    const { dropped } = await gateway.request({ kind: 'stats' });
    if (dropped !== droppedBefore) throw new Error('The gateway dropped messages.');
    if (subject.keeps) await checkNewest(page, subject, warmUp + messages, bills);
    return figuresOf(before, after, ended - started, messages);
  } finally {
    await page.close();
    await until('the gateway forgot the page', async () => {
      return (await gateway.request({ kind: 'stats' })).subscriptions === 0;
    });
  }
}

async function checkNewest(
  page: BenchPage,
  subject: SubjectEntry,
  published: number,
  bills: number,
): Promise<void> {
  const actual = JSON.stringify(await page.evaluate('window.bench.newestIndexes()'));
  if (actual === JSON.stringify(newestIndexes(published, bills))) return;
  throw new Error(`${subject.name} does not show the newest update of every bill.`);
}

function figuresOf(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  elapsedMs: number,
  messages: number,
): Figures {
  // Chromium counts in seconds.
  const perMessage = (counter: string): number => {
    const [first, last] = [before.get(counter), after.get(counter)];
    if (first === undefined || last === undefined) {
      throw new Error(`This Chromium does not count ${counter}.`);
    }
    return ((last - first) * 1e6) / messages;
  };
  return {
    task: perMessage('TaskDuration') - perMessage('DevToolsCommandDuration'),
    script: perMessage('ScriptDuration'),
    mainCpu: perMessage('ThreadTime'),
    processCpu: perMessage('ProcessTime'),
    elapsed: (elapsedMs * 1000) / messages,
  };
}

async function until(what: string, ask: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while ((await ask()) !== true) {
    if (performance.now() > deadline) {
      throw new Error(`Waited ${String(patienceMs / 1000)} s in vain until ${what}.`);
    }
    await delay(pollMs);
  }
}
