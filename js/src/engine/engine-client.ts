import { FrameCredit } from '../hosts/frame-credit.js';
import { BundleReadModel } from '../read-model/read-model.js';
import { Bundle } from './bundle-reader.js';
import { CommandQueue } from './command-queue.js';
import { EngineError, errorFrom, reportOf } from './engine-error.js';
import { FigureRequests } from './figure-requests.js';
import { PendingSends } from './pending-sends.js';
import { engineNotRunning, recordingOrError } from './recording-error.js';
import type { EngineHost, HostEvents } from '../hosts/engine-host.js';
import type { FrameCreditSeams } from '../hosts/frame-credit.js';
import type { Measure } from '../profiling/measure.js';
import type { HappeningSink } from '../read-model/happenings.js';
import type { EngineCommand, EngineCommandName, EngineCommands } from './abi.js';
import type { EngineClient, EngineEvents } from './client.js';

export interface HostedEngineClientOptions {
  /** Makes the host of one run of the engine. May throw an `EngineError`. */
  createHost: (events: HostEvents) => EngineHost;
  seams: FrameCreditSeams;
  /** Told what a listener of the read model or a handler threw. */
  onListenerError: (error: unknown) => void;
  /** Measures what bundles and reading them cost the page; nothing is measured without it. */
  measure?: Measure;
}

/** One run of the engine, from `start` to `stop` or to its failure. */
interface Run {
  readonly host: EngineHost;
  readonly credit: FrameCredit;
  readonly unwatch: () => void;
  readonly started: Promise<void>;
}

/** The page's line to an engine in a host: commands out, bundles in. */
export class HostedEngineClient implements EngineClient {
  readonly readModel: BundleReadModel;
  private readonly commands = new CommandQueue();
  private readonly sends = new PendingSends();
  private readonly figures = new FigureRequests();
  private handlers: Partial<EngineEvents> = {};
  private run: Run | null = null;

  constructor(private readonly options: HostedEngineClientOptions) {
    const { onListenerError, measure } = options;
    this.readModel = new BundleReadModel({ onListenerError, ...(measure && { measure }) });
  }

  async start(): Promise<void> {
    this.run ??= this.begin();
    return this.run.started;
  }

  stop(): void {
    const { run } = this;
    if (run === null) return;
    this.commands.flush();
    run.host.stop();
    this.end(run);
    this.commands.clear();
    this.forget(
      new EngineError('engine-stopped', 'The engine was stopped before the message was sent.'),
    );
  }

  command<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void {
    this.commands.add([name, ...args] as unknown as EngineCommand);
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
    if (!this.commands.isOpen) return Promise.resolve();
    this.command('reportFigures');
    return this.figures.add();
  }

  async exportRecording(hasPayloads: boolean): Promise<ArrayBuffer> {
    const { run } = this;
    if (run === null) throw engineNotRunning();
    await run.started;
    if (this.run !== run) throw engineNotRunning();
    this.commands.flush();
    return recordingOrError(await run.host.exportRecording(hasPayloads));
  }

  private begin(): Run {
    const { seams, createHost } = this.options;
    const host = createHost({
      bundle: (buffer) => {
        this.ifCurrent(host, (run) => {
          this.receive(run, buffer);
        });
      },
      failure: (error) => {
        this.ifCurrent(host, () => {
          this.fail(error);
        });
      },
    });
    const credit = new FrameCredit(seams, (afterMs) => {
      host.returnCredit(afterMs);
    });
    const unwatch = seams.signals.watch({
      visible: (visible) => {
        this.ifRunning(host, () => {
          this.command('setVisible', visible);
        });
      },
      online: (online) => {
        this.ifRunning(host, () => {
          this.command('setOnline', online);
        });
      },
      resumed: () => {
        this.ifRunning(host, () => {
          this.command('resumed');
        });
      },
    });
    return { host, credit, unwatch, started: this.starting(host) };
  }

  private async starting(host: EngineHost): Promise<void> {
    try {
      await host.start();
    } catch (error) {
      // The other commands stay, for the next attempt.
      this.ifCurrent(host, (run) => {
        this.end(run);
        this.commands.remove('send');
        this.sends.rejectAll(errorFrom(reportOf(error, 'engine-load-failed')));
      });
      throw error;
    }
    this.ifCurrent(host, () => {
      const { signals } = this.options.seams;
      host.execute([
        ['setVisible', signals.isVisible()],
        ['setOnline', signals.isOnline()],
      ]);
      this.commands.open((commands) => {
        host.execute(commands);
      });
    });
  }

  private receive(run: Run, buffer: ArrayBuffer): void {
    let bundle: Bundle;
    try {
      bundle = new Bundle(buffer);
    } catch (error) {
      run.credit.spend(true);
      this.handle('error', (handler) => {
        handler(reportOf(error, 'bundle-unreadable'));
      });
      return;
    }
    const { measure } = this.options;
    const apply = (): boolean => this.readModel.apply(bundle, this.sink);
    const wasTold =
      measure === undefined ? apply() : measure('apply', `${buffer.byteLength} bytes`, apply);
    // Whoever was told may have ended the run.
    if (this.run === run) run.credit.spend(wasTold);
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
    figures: () => {
      this.figures.answer();
    },
  };

  /** The engine broke down; `start` may try again. */
  private fail(error: EngineError): void {
    if (this.run !== null) this.end(this.run);
    this.commands.clear();
    this.forget(error);
    this.handle('error', (handler) => {
      handler(reportOf(error, 'engine-crashed'));
    });
  }

  private end(run: Run): void {
    this.run = null;
    this.commands.close();
    run.credit.close();
    run.unwatch();
    this.figures.answerAll();
  }

  /** Lets go of what the engine knew and of what waits for it. */
  private forget(reason: EngineError): void {
    this.sends.rejectAll(reason);
    const { state } = this.readModel.connection();
    this.readModel.reset();
    if (state !== 'disconnected') {
      this.handle('connection', (handler) => {
        handler(this.readModel.connection());
      });
    }
  }

  private handle<Name extends keyof EngineEvents>(
    name: Name,
    call: (handler: EngineEvents[Name]) => void,
  ): void {
    const handler = this.handlers[name];
    if (handler === undefined) return;
    try {
      call(handler);
    } catch (error) {
      this.options.onListenerError(error);
    }
  }

  private ifCurrent(host: EngineHost, act: (run: Run) => void): void {
    if (this.run?.host === host) act(this.run);
  }

  /** Signals that come before the engine is there are told by its first commands. */
  private ifRunning(host: EngineHost, act: () => void): void {
    if (this.commands.isOpen) this.ifCurrent(host, act);
  }
}
