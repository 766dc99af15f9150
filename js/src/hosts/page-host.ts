import { EngineError } from '../engine/engine-error.js';
import type { EngineCommand } from '../engine/abi.js';
import type { Clock } from '../engine/clock.js';
import type { GlueLoader } from '../engine/module-loader.js';
import type { EngineRuntime } from '../engine/runtime.js';
import type { Timers } from '../engine/timers.js';
import type { EngineHost, EngineStart, HostEvents } from './engine-host.js';

export interface PageHostSeams {
  timers: Timers;
  /** The system's unless said otherwise. */
  clock?: Clock | undefined;
  /** The global one unless said otherwise. */
  WebSocket?: typeof WebSocket | undefined;
  loadGlue?: GlueLoader | undefined;
}

/** Runs the engine where the page's own code runs: without a Worker, in Node, in tests. */
export class PageHost implements EngineHost {
  private runtime: EngineRuntime | null = null;
  private page = 0;
  private isStopped = false;

  constructor(
    private readonly what: EngineStart,
    private readonly events: HostEvents,
    private readonly seams: PageHostSeams,
  ) {}

  async start(): Promise<void> {
    const WebSocket = this.webSocket();
    const { createPageEngine } = await import('./page-engine.js');
    const runtime = await createPageEngine(this.what, { ...this.seams, WebSocket }, (error) => {
      if (!this.isStopped) this.events.failure(error);
    });
    if (this.isStopped) {
      runtime.destroy();
      throw new EngineError('engine-stopped', 'The engine was stopped while it was loading.');
    }
    this.runtime = runtime;
    this.page = runtime.addPage((bundle) => {
      this.events.bundle(bundle);
    });
  }

  execute(commands: readonly EngineCommand[]): void {
    this.runtime?.execute(this.page, commands);
  }

  returnCredit(afterMs: number): void {
    this.runtime?.returnCredit(this.page, afterMs);
  }

  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer | null> {
    return Promise.resolve(this.runtime?.exportRecording(hasPayloads) ?? null);
  }

  stop(): void {
    this.isStopped = true;
    this.runtime?.destroy();
    this.runtime = null;
  }

  private webSocket(): typeof WebSocket {
    const found =
      this.seams.WebSocket ?? (globalThis as { WebSocket?: typeof WebSocket }).WebSocket;
    if (found !== undefined) return found;
    throw new EngineError(
      'engine-load-failed',
      'There is no WebSocket here. Before Node 22, pass the one of the package ws: { WebSocket }.',
    );
  }
}
