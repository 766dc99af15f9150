import { setTimeout as delay } from 'node:timers/promises';

import type { BenchServers } from './bench-servers.js';
import type { BenchSite } from './bench-site.js';
import type { BenchPage, Chromium } from './devtools.js';
import type { Workload } from './measurements.js';
import { newestIndexes } from './servers/messages.js';
import type { ServerName, Stats } from './servers/process.js';
import type { SubjectEntry } from './subjects.js';

const pollMs = 50;
const patienceMs = 120_000;

export interface Place {
  readonly chromium: Chromium;
  readonly servers: BenchServers;
  readonly site: BenchSite;
}

export interface Ready {
  readonly connectMs: number;
  /** Addresses of what the page had loaded before the subject was started. */
  readonly loadedBefore: readonly string[];
}

/** One subject on a page of its own. Every message is accounted for: a lost one is an error. */
export class Visit {
  private published = 0;
  private dropped = 0;

  private constructor(
    private readonly servers: BenchServers,
    readonly page: BenchPage,
    readonly ready: Ready,
    readonly subject: SubjectEntry,
    private readonly workload: Workload,
  ) {}

  /** @param context Of the browser; where it is not given, the browser's own one. */
  static async begin(
    { chromium, servers, site }: Place,
    subject: SubjectEntry,
    workload: Workload,
    context?: string,
  ): Promise<Visit> {
    const { topics, shown, view, eventsPerFrame } = workload;
    const query = new URLSearchParams({
      server: servers.urls[serverOf(subject, workload)],
      subject: subject.name,
      view,
      bills: String(topics),
      shown: String(shown),
      eventsPerFrame: String(eventsPerFrame),
    });
    const page = await chromium.open(`${site.url}?${query.toString()}`, context);
    try {
      await until('its script runs', () => page.evaluate('window.bench !== undefined'));
      const ready = (await page.evaluate('window.bench.ready')) as Ready;
      const visit = new Visit(servers, page, ready, subject, workload);
      await until('the server knows its subscriptions', async () => {
        return (await visit.stats()).subscriptions === (subject.receives ? topics : 0);
      });
      visit.dropped = (await visit.stats()).dropped;
      return visit;
    } catch (error) {
      await page.close();
      throw error;
    }
  }

  /** Resolves when the page has all of it. */
  async publish(count: number): Promise<void> {
    const { form, rate } = this.workload;
    const server = serverOf(this.subject, this.workload);
    const first = this.published;
    this.published += count;
    await this.servers.request({ kind: 'publish', server, first, count, form, rate });
    const all = this.subject.receives ? this.published : 0;
    const arrived = await this.page.evaluate(`window.bench.arrived(${all}, ${patienceMs})`);
    if (arrived === all) return;
    throw new Error(`${this.subject.name} counts ${String(arrived)} of ${String(all)} messages.`);
  }

  /** What `measure` says of it. Throws when the page does not end with the newest update of every bill. */
  async measure<Result>(measure: (visit: Visit) => Promise<Result>): Promise<Result> {
    try {
      const result = await measure(this);
      const { dropped } = await this.stats();
      if (dropped !== this.dropped) throw new Error('The server dropped messages.');
      if (this.subject.keeps) await this.checkNewest();
      return result;
    } finally {
      await this.leave();
    }
  }

  private async leave(): Promise<void> {
    await this.page.close();
    await until('the server forgot the page', async () => (await this.stats()).subscriptions === 0);
  }

  private async checkNewest(): Promise<void> {
    const { bills } = this.workload.form;
    const newest = (await this.page.evaluate('window.bench.newestIndexes()')) as number[];
    const wanted = newestIndexes(this.published, bills);
    if (JSON.stringify(newest.slice(0, bills)) === JSON.stringify(wanted)) return;
    throw new Error(`${this.subject.name} does not show the newest update of every bill.`);
  }

  private stats(): Promise<Stats> {
    return this.servers.request({
      kind: 'stats',
      server: serverOf(this.subject, this.workload),
    });
  }
}

function serverOf({ server }: SubjectEntry, { eventsPerFrame }: Workload): ServerName {
  return server === 'gateway' && eventsPerFrame > 1 ? 'gateway-batches' : server;
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
