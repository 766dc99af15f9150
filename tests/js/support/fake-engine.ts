import type { EngineCommandName, EngineCommands, EventKind } from '../../../js/src/engine/abi.js';
import type {
  ConnectionSnapshot,
  EngineClient,
  EngineEvents,
} from '../../../js/src/engine/client.js';
import type { ConnectionState, RealTimeConfigInput } from '../../../js/src/types.js';
import { RealTimeService } from '../../../js/src/services/realtime-service.js';
import { FakeReadModel } from './fake-read-model.js';

type Recorded = readonly [name: EngineCommandName, ...args: unknown[]];

/** An engine that records what it is told and says what a test makes it say. */
export class FakeEngine implements EngineClient {
  readonly readModel = new FakeReadModel();
  readonly commands: Recorded[] = [];
  handlers: Partial<EngineEvents> = {};
  starts = 0;
  stops = 0;
  /** What the next starts reject with. */
  startError: Error | null = null;
  sendResult: Promise<void> = Promise.resolve();
  figuresCome: Promise<void> = Promise.resolve();

  start(): Promise<void> {
    ++this.starts;
    return this.startError === null ? Promise.resolve() : Promise.reject(this.startError);
  }

  stop(): void {
    ++this.stops;
    this.readModel.forget();
  }

  command<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void {
    this.commands.push([name, ...args]);
  }

  send(message: string, options = ''): Promise<void> {
    this.commands.push(['send', message, options]);
    return this.sendResult;
  }

  refreshFigures(): Promise<void> {
    this.commands.push(['reportFigures']);
    return this.figuresCome;
  }

  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer> {
    return Promise.resolve(new Uint8Array([hasPayloads ? 1 : 0]).buffer);
  }

  setHandlers(handlers: Partial<EngineEvents>): void {
    this.handlers = handlers;
  }

  /** The arguments of every command of that name. */
  told(name: EngineCommandName): unknown[][] {
    return this.commands.filter(([told]) => told === name).map(([, ...args]) => args);
  }

  topicsTold(name: 'subscribe'): string[] {
    return this.told(name).map(([, topic]) => String(topic));
  }

  report(state: ConnectionState, more: Partial<ConnectionSnapshot> = {}): void {
    const quality = state === 'connected' ? 'excellent' : 'disconnected';
    const previousState = 'disconnected';
    this.handlers.connection?.({ state, previousState, quality, attempt: 0, ...more });
  }

  event(kind: EventKind, payload: unknown, topic = ''): void {
    this.handlers.event?.(kind, topic, () => payload);
  }
}

/** A service on an engine of its own; `engine` makes the engine, as the service would on its first use. */
export function serviceOnFake(config: RealTimeConfigInput = {}): {
  service: RealTimeService;
  engine: FakeEngine;
} {
  const engine = new FakeEngine();
  return { service: new RealTimeService(config, { createEngine: () => engine }), engine };
}

/** Lets everything that waits in microtasks happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; ++turn) await Promise.resolve();
}
