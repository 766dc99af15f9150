import type { EngineCommandName, EngineCommands } from '../engine/abi.js';
import { Bundle } from '../engine/bundle-reader.js';
import type { EngineClient, EngineEvents } from '../engine/client.js';
import { EngineError, errorFrom, type ErrorReport } from '../engine/engine-error.js';
import { PendingSends } from '../engine/pending-sends.js';
import { engineNotRunning, recordingOrError } from '../engine/recording-error.js';
import { copyRecording } from '../engine/runtime.js';
import { reportUncaught } from '../events/delivery-queue.js';
import type { HappeningSink } from '../read-model/happenings.js';
import { BundleReadModel } from '../read-model/read-model.js';
import type { LoadedEngine } from './engine-pool.js';

/** Fixed, so that every run of a test is the same. */
const seed = 1;

export interface InProcessOptions {
  /** The engine's configuration as JSON, asked for at every start. */
  readonly config: () => string;
  /** Calls back at the page's next frame. Without it the page takes over at once whatever there is. */
  readonly nextFrame?: ((callback: () => void) => void) | undefined;
}

/** The real engine in this thread: from `start` on, what a command changes is there when it returns. */
export class InProcessEngine implements EngineClient {
  readonly readModel = new BundleReadModel({ onListenerError: reportUncaught });
  private readonly sends = new PendingSends();
  private handlers: Partial<EngineEvents> = {};
  /** 0: the engine does not run. */
  private page = 0;
  private kept: (() => void)[] = [];
  private flushing = false;
  private scheduled = false;
  private hadFrame = true;

  constructor(
    private readonly engine: LoadedEngine,
    private readonly options: InProcessOptions,
  ) {
    engine.world.onWake = () => {
      this.flushSoon();
    };
  }

  async start(): Promise<void> {
    if (this.page === 0) this.begin();
    return Promise.resolve();
  }

  stop(): void {
    if (this.page === 0) return;
    this.page = 0;
    this.engine.module.destroyEngine();
    this.sends.rejectAll(new EngineError('engine-stopped', 'The engine was stopped.'));
    this.readModel.reset();
  }

  command<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void {
    const run = (): void => {
      const { module } = this.engine;
      (module[name] as (page: number, ...args: EngineCommands[Name]) => void)(this.page, ...args);
    };
    if (this.page === 0) {
      this.kept.push(run);
      return;
    }
    run();
    this.flush();
  }

  send(message: string, options = ''): Promise<void> {
    const { id, done } = this.sends.add();
    this.command('send', id, message, options);
    return done;
  }

  setHandlers(handlers: Partial<EngineEvents>): void {
    this.handlers = handlers;
  }

  refreshFigures(): Promise<void> {
    if (this.page !== 0) this.command('reportFigures');
    return Promise.resolve();
  }

  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer> {
    return new Promise((resolve) => {
      if (this.page === 0) throw engineNotRunning();
      resolve(recordingOrError(copyRecording(this.engine.module, hasPayloads)));
    });
  }

  now(): number {
    return this.engine.world.now();
  }

  flush(): void {
    if (this.flushing || this.page === 0) return;
    this.flushing = true;
    try {
      for (let bundle = this.drain(); bundle !== null; bundle = this.drain()) {
        this.spendFrame();
        this.readModel.apply(bundle, this.sink);
      }
    } finally {
      this.flushing = false;
    }
  }

  private begin(): void {
    const { module } = this.engine;
    const refusal = module.createEngine(this.options.config(), seed);
    if (refusal !== '') throw errorFrom(JSON.parse(refusal) as ErrorReport);
    this.page = module.addPage();
    const { kept } = this;
    this.kept = [];
    for (const run of kept) run();
    this.flush();
  }

  private drain(): Bundle | null {
    const { module } = this.engine;
    const state = this.page === 0 ? 0 : module._civic_bundle_state(this.page);
    if (state === 0 || (state === 1 && !this.hadFrame)) return null;
    const address = module._civic_drain_bundle(this.page);
    if (address === 0) return null;
    const end = address + module._civic_bundle_bytes();
    return new Bundle(module.HEAPU8.slice(address, end).buffer);
  }

  /** As a page does: one bundle a frame, beside what is urgent. */
  private spendFrame(): void {
    const { nextFrame } = this.options;
    if (nextFrame === undefined || !this.hadFrame) return;
    this.hadFrame = false;
    nextFrame(() => {
      this.hadFrame = true;
      this.flush();
    });
  }

  /** The engine may be in the middle of a call. */
  private flushSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private readonly sink: HappeningSink = {
    event: (kind, topic, payload) => this.handlers.event?.(kind, topic, payload),
    delivery: (subscription, message) => this.handlers.delivery?.(subscription, message),
    connection: (change) => this.handlers.connection?.(change),
    error: (error) => this.handlers.error?.(error),
    tokenWanted: (request) => this.handlers.tokenWanted?.(request),
    commandResult: (command, error) => {
      this.sends.settle(command, error);
    },
    figures: () => undefined,
  };
}
