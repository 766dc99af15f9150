import { DeadlineTimer } from './deadline-timer.js';
import { EngineError, errorFrom } from './engine-error.js';
import { measureOnTimeline } from '../profiling/measure.js';
import { Pump } from './pump.js';
import type { EngineCommand } from './abi.js';
import type { Clock } from './clock.js';
import type { ErrorReport } from './engine-error.js';
import type { EngineConfig } from '../config/engine-config.js';
import type { CivicHost, EngineModule, EngineModuleOptions } from './engine-module.js';
import type { Timers } from './timers.js';

/** What a runtime gives the module it drives. */
export type RuntimeModuleOptions = Pick<EngineModuleOptions, 'civicHost' | 'onAbort'>;

export interface RuntimeOptions {
  /** Instantiates the engine's module; see `module-loader.ts`. */
  instantiate: (options: RuntimeModuleOptions) => Promise<EngineModule>;
  /** The engine's configuration as JSON. */
  config: string;
  /** Seeds the engine's randomness: 32 bits, unsigned. */
  seed: number;
  clock: Clock;
  /** What the engine asks with every message; `clock` unless said otherwise. See `Clocks`. */
  recentClock?: Clock;
  timers: Timers;
  WebSocket: typeof WebSocket;
  /** Write `performance.measure` entries. */
  measures?: boolean;
  /** The engine broke down and must not be used any more. Called at most once. */
  onCrash: (error: EngineError) => void;
}

/** Drives one engine: its one timer, its pages' pumps, its commands. Runs wherever the engine runs. */
export class EngineRuntime {
  private readonly pumps = new Map<number, Pump>();
  private readonly deadline: DeadlineTimer;
  private module: EngineModule | null = null;

  private constructor(private readonly options: RuntimeOptions) {
    this.deadline = new DeadlineTimer(options.clock, options.timers, () =>
      this.guard((module) => {
        module._civic_advance();
      }),
    );
  }

  /** Rejects with an `EngineError` when the engine cannot be loaded or refuses its configuration. */
  static async create(options: RuntimeOptions): Promise<EngineRuntime> {
    const runtime = new EngineRuntime(options);
    const sockets = runtime.sockets();
    // Whoever awaits it is told; until then nobody is.
    sockets.catch(() => undefined);
    const civicHost: CivicHost = {
      now: options.recentClock ?? options.clock,
      setDeadline: (deadlineMs) => {
        runtime.deadline.set(deadlineMs);
      },
      wake: (page, urgent) => runtime.pumps.get(page)?.wake(urgent),
      WebSocket: options.WebSocket,
    };
    const module = await options.instantiate({
      civicHost,
      onAbort: (reason) => {
        runtime.crash(reason);
      },
    });
    civicHost.WebSocket = await sockets;
    const refusal = module.createEngine(options.config, options.seed);
    if (refusal !== '') throw errorFrom(JSON.parse(refusal) as ErrorReport);
    runtime.module = module;
    return runtime;
  }

  /** `deliver` takes over each bundle's buffer. Returns the page's id, or 0 when the engine has broken down. */
  addPage(deliver: (bundle: ArrayBuffer) => void): number {
    return (
      this.guard((module) => {
        const page = module.addPage();
        const source = {
          state: () => module._civic_bundle_state(page),
          drain: this.measured(() => drain(module, page)),
        };
        const pump = new Pump(source, this.options.timers, deliver, (error) => {
          this.crash(error);
        });
        this.pumps.set(page, pump);
        // The engine may have had something to say before there was a pump to wake.
        pump.wake(true);
        return page;
      }) ?? 0
    );
  }

  removePage(page: number): void {
    this.pumps.get(page)?.close();
    this.pumps.delete(page);
    this.guard((module) => {
      module.removePage(page);
    });
  }

  execute(page: number, commands: readonly EngineCommand[]): void {
    this.guard((module) => {
      for (const [name, ...args] of commands) {
        const command = module[name] as (page: number, ...args: unknown[]) => void;
        command(page, ...args);
      }
    });
  }

  /** The page is ready for the next bundle, `afterMs` milliseconds from now. */
  returnCredit(page: number, afterMs: number): void {
    this.pumps.get(page)?.returnCredit(afterMs);
  }

  /** The recording as a file of its own; null when nothing is recorded, or there is no engine any more. */
  exportRecording(hasPayloads: boolean): ArrayBuffer | null {
    return this.guard((module) => copyRecording(module, hasPayloads)) ?? null;
  }

  /** Ends the engine; it closes its socket. */
  destroy(): void {
    this.guard((module) => {
      module.destroyEngine();
    });
    this.release();
  }

  private measured(act: () => ArrayBuffer | null): () => ArrayBuffer | null {
    if (this.options.measures !== true) return act;
    return () => measureOnTimeline('flush', 'for the page', act);
  }

  /** The class of the engine's sockets, as the configuration wants them. */
  private async sockets(): Promise<typeof WebSocket> {
    const sockets = await this.deflatingSockets();
    if (this.options.measures !== true) return sockets;
    const { measuredSockets } = await import('../profiling/measured-sockets.js');
    return measuredSockets(sockets, measureOnTimeline);
  }

  private async deflatingSockets(): Promise<typeof WebSocket> {
    const { config, WebSocket } = this.options;
    const { deflate, maxFrameBytes } = JSON.parse(config) as EngineConfig;
    if (!deflate) return WebSocket;
    const { deflatingSockets } = await import('../compression/deflating-socket.js');
    return deflatingSockets(WebSocket, {
      maxFrameBytes,
      note: (isSent, wireBytes, textBytes) => {
        this.guard((module) => {
          module._civic_note_deflated(isSent, wireBytes, textBytes);
        });
      },
    });
  }

  private guard<Result>(act: (module: EngineModule) => Result): Result | undefined {
    if (this.module === null) return undefined;
    try {
      return act(this.module);
    } catch (error) {
      this.crash(error);
      return undefined;
    }
  }

  private crash(error: unknown): void {
    if (this.module === null) return;
    this.release();
    this.options.onCrash(
      new EngineError('engine-crashed', `The engine broke down: ${String(error)}`, {
        cause: error,
      }),
    );
  }

  private release(): void {
    this.module = null;
    for (const pump of this.pumps.values()) pump.close();
    this.pumps.clear();
    this.deadline.set(Infinity);
  }
}

function drain(module: EngineModule, page: number): ArrayBuffer | null {
  const address = module._civic_drain_bundle(page);
  if (address === 0) return null;
  return module.HEAPU8.slice(address, address + module._civic_bundle_bytes()).buffer;
}

/** The recording in a buffer of its own; null when the engine records nothing. */
export function copyRecording(module: EngineModule, hasPayloads: boolean): ArrayBuffer | null {
  const address = module._civic_export_recording(hasPayloads);
  if (address === 0) return null;
  const end = address + module._civic_recording_bytes();
  const { buffer } = module.HEAPU8.slice(address, end);
  module._civic_release_recording();
  return buffer;
}
