import { bundlerRemedies } from '../engine/bundler-remedies.js';
import { EngineError, errorFrom, messageOf } from '../engine/engine-error.js';
import { PendingRecordings } from './pending-recordings.js';
import type { EngineCommand } from '../engine/abi.js';
import type { Timers } from '../engine/timers.js';
import type { EngineHost, EngineStart, HostEvents } from './engine-host.js';
import type { PageMessage, WorkerMessage } from './worker-protocol.js';

/** The part of a Worker that is used. */
export type WorkerLike = Pick<
  Worker,
  'onmessage' | 'onmessageerror' | 'onerror' | 'postMessage' | 'terminate'
>;

export interface WorkerHostSeams {
  timers: Timers;
  /** Instead of the package's own worker file. */
  workerUrl?: string | URL | undefined;
  createWorker?: (workerUrl: string | URL | undefined) => WorkerLike;
}

/** How long a worker that was told to stop may take to close its connection before it is terminated. */
const stopGraceMs = 1000;

/** Runs the engine in a worker of its own, so that the page pays nothing for what arrives. */
export class WorkerHost implements EngineHost {
  private worker: WorkerLike | null = null;
  private isStarted = false;
  private readonly exports = new PendingRecordings();
  private settleStart: { resolve(): void; reject(error: EngineError): void } | null = null;

  constructor(
    private readonly what: EngineStart,
    private readonly events: HostEvents,
    private readonly seams: WorkerHostSeams,
  ) {}

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settleStart = { resolve, reject };
      try {
        const worker = (this.seams.createWorker ?? createWorker)(this.seams.workerUrl);
        this.worker = worker;
        worker.onmessage = (event: MessageEvent<unknown>) => {
          this.receive(event.data);
        };
        // A plain Event, without a message, when the file could not be loaded.
        worker.onerror = (event: Event) => {
          event.preventDefault();
          this.fail(this.workerError((event as Partial<ErrorEvent>).message ?? ''));
        };
        worker.onmessageerror = () => {
          this.fail(
            new EngineError(
              'engine-crashed',
              "A message of the engine's worker could not be read.",
            ),
          );
        };
        this.post({ type: 'start', ...this.what });
      } catch (cause) {
        this.fail(this.workerError(messageOf(cause), cause));
      }
    });
  }

  execute(commands: readonly EngineCommand[]): void {
    this.post({ type: 'commands', commands });
  }

  returnCredit(afterMs: number): void {
    this.post({ type: 'credit', afterMs });
  }

  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer | null> {
    const { request, done } = this.exports.add();
    this.post({ type: 'exportRecording', request, hasPayloads });
    return done;
  }

  stop(): void {
    const { worker, isStarted } = this;
    if (worker === null) return;
    const error = new EngineError('engine-stopped', 'The engine was stopped while it was loading.');
    this.settleStart?.reject(error);
    this.exports.rejectAll(
      new EngineError('engine-stopped', 'The engine was stopped before its recording was there.'),
    );
    if (isStarted) this.letEnd(worker);
    else worker.terminate();
    this.release();
  }

  /** Terminates the worker when it has closed its connection, or when it takes too long. */
  private letEnd(worker: WorkerLike): void {
    const end = (): void => {
      this.seams.timers.clear(timer);
      worker.onmessage = null;
      worker.terminate();
    };
    const timer = this.seams.timers.set(end, stopGraceMs);
    worker.onmessage = (event: MessageEvent<Partial<WorkerMessage>>) => {
      if (event.data.type === 'stopped') end();
    };
    worker.onerror = end;
    worker.onmessageerror = null;
    this.post({ type: 'stop' });
  }

  private receive(data: unknown): void {
    const message = data as Partial<WorkerMessage>;
    switch (message.type) {
      case undefined:
        this.events.bundle(data as ArrayBuffer);
        return;
      case 'started':
        this.isStarted = true;
        this.settleStart?.resolve();
        this.settleStart = null;
        return;
      case 'failed':
        this.fail(errorFrom((data as Extract<WorkerMessage, { type: 'failed' }>).error));
        return;
      case 'recording': {
        const { request, recording } = data as Extract<WorkerMessage, { type: 'recording' }>;
        this.exports.settle(request, recording);
        return;
      }
      case 'stopped':
        return;
    }
  }

  private fail(error: EngineError): void {
    const { settleStart, worker } = this;
    worker?.terminate();
    this.exports.rejectAll(error);
    this.release();
    if (settleStart !== null) settleStart.reject(error);
    else this.events.failure(error);
  }

  private release(): void {
    if (this.worker !== null) {
      this.worker.onerror = null;
      this.worker.onmessageerror = null;
    }
    this.worker = null;
    this.settleStart = null;
  }

  private workerError(reason: string, cause?: unknown): EngineError {
    if (this.isStarted) {
      return new EngineError('engine-crashed', `The engine's worker broke down: ${reason}`);
    }
    const url = String(this.seams.workerUrl ?? "worker.js next to the package's other files");
    return new EngineError(
      'engine-load-failed',
      `The engine's worker could not be started from ${url}${reason === '' ? '.' : `: ${reason}`}
  1. See that worker.js is served, from the page's own origin and as JavaScript. ${bundlerRemedies}
  2. Or say where it is: new RealTimeService(config, { engine: { workerUrl } }).
  3. If the page has a Content-Security-Policy, allow the URL in worker-src.
  4. Or run the engine in the page: new RealTimeService({ websocket: { host: 'page' } }).
  More: docs/bundlers.md in the package.`,
      cause === undefined ? {} : { cause },
    );
  }

  private post(message: PageMessage): void {
    this.worker?.postMessage(message);
  }
}

function createWorker(workerUrl: string | URL | undefined): WorkerLike {
  if (workerUrl !== undefined) return new Worker(workerUrl, { type: 'module' });
  // Bundlers look for exactly this expression.
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
