// Chromium over a bare DevTools connection. A test driver listens to network and page events, which cost the page
// about 50 µs a message; here nothing is switched on but what somebody asks for.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { WebSocket } from 'ws';

import { chromiumFlags, chromiumPath } from '../../browser/support/chromium.js';

type Parameters = Record<string, unknown>;

interface Answer {
  id?: number;
  result?: unknown;
  error?: { message: string };
  /** Of an event. */
  method?: string;
  params?: unknown;
}

export class Chromium {
  private readonly waiting = new Map<number, PromiseWithResolversLike>();
  private lastId = 0;
  private traced: unknown[] = [];
  private tracingComplete = () => {};

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      this.receive(JSON.parse(data.toString()) as Answer);
    });
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('Chromium is gone.'));
    });
  }

  static async launch(): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'civic-bench-'));
    const child = spawn(
      chromiumPath(),
      [...chromiumFlags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    process.once('exit', () => child.kill('SIGKILL'));
    const socket = new WebSocket(await debuggingUrl(child), { perMessageDeflate: false });
    await once(socket, 'open');
    return new Chromium(child, profile, socket);
  }

  async version(): Promise<string> {
    const { product } = (await this.send('Browser.getVersion')) as { product: string };
    return product;
  }

  /** The processes of pages; Chromium keeps some more of them ready. */
  async rendererPids(): Promise<number[]> {
    const { processInfo } = (await this.send('SystemInfo.getProcessInfo')) as {
      processInfo: { type: string; id: number }[];
    };
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  /** A browser context with nothing in its caches. */
  async newContext(): Promise<string> {
    const context = await this.send('Target.createBrowserContext');
    return (context as { browserContextId: string }).browserContextId;
  }

  async closeContext(browserContextId: string): Promise<void> {
    await this.send('Target.disposeBrowserContext', { browserContextId });
  }

  async startTracing(includedCategories: readonly string[]): Promise<void> {
    this.traced = [];
    await this.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { recordMode: 'recordUntilFull', includedCategories },
    });
  }

  /** The events since `startTracing`. */
  async stopTracing(): Promise<unknown[]> {
    const complete = new Promise<void>((resolve) => {
      this.tracingComplete = resolve;
    });
    await this.send('Tracing.end');
    await complete;
    return this.traced;
  }

  /** A page of its own in front of all others, because pages behind have no frames. */
  async open(url: string, browserContextId?: string): Promise<BenchPage> {
    const { targetId } = (await this.send('Target.createTarget', { url, browserContextId })) as {
      targetId: string;
    };
    const attached = await this.send('Target.attachToTarget', { targetId, flatten: true });
    await this.send('Target.activateTarget', { targetId });
    return new BenchPage(this, targetId, (attached as { sessionId: string }).sessionId);
  }

  send(method: string, params: Parameters = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  async close(): Promise<void> {
    const ended = once(this.process, 'exit');
    await this.send('Browser.close');
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private receive({ id, result, error, method, params }: Answer): void {
    if (method === 'Tracing.dataCollected') {
      this.traced.push(...(params as { value: unknown[] }).value);
    } else if (method === 'Tracing.tracingComplete') {
      this.tracingComplete();
    }
    if (id === undefined) return;
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(`Chromium refused: ${error.message}`));
  }
}

interface PromiseWithResolversLike {
  resolve: (value: unknown) => void;
  reject: (reason: Error) => void;
}

interface Evaluated {
  result: { value: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

export class BenchPage {
  constructor(
    private readonly browser: Chromium,
    private readonly targetId: string,
    private readonly sessionId: string,
  ) {}

  /** The value of an expression, awaited if it is a promise; it must survive JSON. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails: problem } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as Evaluated;
    if (problem === undefined) return result.value;
    throw new Error(`${expression}: ${problem.exception?.description ?? problem.text}`);
  }

  async countPerformance(): Promise<void> {
    await this.send('Performance.enable');
  }

  /** Chromium's counters of the page's process, by name; times in seconds. */
  async performance(): Promise<Map<string, number>> {
    const { metrics } = (await this.send('Performance.getMetrics')) as {
      metrics: { name: string; value: number }[];
    };
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }

  /** Makes the page's main thread so many times slower; workers and other processes stay as they are. */
  async slowDown(times: number): Promise<void> {
    await this.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  /** Of the page's JavaScript heap, after its garbage is collected. */
  async heapBytes(): Promise<number> {
    await this.send('HeapProfiler.collectGarbage');
    return ((await this.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
  }

  async close(): Promise<void> {
    await this.browser.send('Target.closeTarget', { targetId: this.targetId });
  }

  private send(method: string, params?: Parameters): Promise<unknown> {
    return this.browser.send(method, params, this.sessionId);
  }
}

async function debuggingUrl(child: ChildProcess): Promise<string> {
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    const url = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      // Whatever else it has to say must not fill the pipe.
      child.stderr?.resume();
      return url;
    }
    printed.push(line);
  }
  throw new Error(`Chromium did not start:\n${printed.slice(-20).join('\n')}`);
}
