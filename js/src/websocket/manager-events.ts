import type { EventKind } from '../engine/abi.js';
import type { ConnectionSnapshot } from '../engine/client.js';
import { EngineError } from '../engine/engine-error.js';
import { DeliveryQueue, reportUncaught } from '../events/delivery-queue.js';
import { EventEmitter } from '../events/event-emitter.js';
import type { WebSocketEvents } from '../types.js';
import { eventBit, eventName } from './event-kinds.js';

/** What a manager tells those who listen: events, messages and errors, all in one order. */
export class ManagerEvents {
  private readonly queue = new DeliveryQueue();
  private readonly emitter: EventEmitter<WebSocketEvents>;
  private listenMask = 0;

  /** `listen` is told which kinds of events somebody listens to; `logError`, what is logged of what `tellError` tells. */
  constructor(
    private readonly listen: (eventMask: number) => void,
    private readonly logError?: (error: unknown) => void,
  ) {
    this.emitter = new EventEmitter<WebSocketEvents>({
      queue: this.queue,
      onError: (error, event) => {
        // An error's listener that throws would be told of it for ever.
        if (event === 'error') reportUncaught(error);
        else this.tellError(error);
      },
      onListenerCount: (event, count) => {
        const bit = eventBit(event);
        const mask = count > 0 ? this.listenMask | bit : this.listenMask & ~bit;
        if (mask === this.listenMask) return;
        this.listenMask = mask;
        this.listen(mask);
      },
    });
  }

  on<Name extends keyof WebSocketEvents>(
    event: Name,
    listener: (...args: WebSocketEvents[Name]) => void,
  ): () => void {
    return this.emitter.on(event, listener);
  }

  off<Name extends keyof WebSocketEvents>(
    event: Name,
    listener: (...args: WebSocketEvents[Name]) => void,
  ): void {
    this.emitter.off(event, listener);
  }

  /** Tells an engine that knows of nothing. */
  listenAgain(): void {
    this.listen(this.listenMask);
  }

  /** Calls back in its turn. */
  deliver(callBack: () => void): void {
    this.queue.push(callBack, (error) => {
      this.tellError(error);
    });
  }

  /** The payload is asked for when somebody listens. */
  tellEvent(kind: EventKind, payload: () => unknown): void {
    const name = eventName(kind);
    if (name === undefined || this.emitter.listenerCount(name) === 0) return;
    this.emitter.emit(name, payload() as never);
  }

  tellConnection(now: ConnectionSnapshot, before: ConnectionSnapshot): void {
    if (now.state !== before.state) this.emitter.emit('stateChange', now.state, before.state);
    const connected = now.state === 'connected';
    if (connected !== (before.state === 'connected')) {
      this.emitter.emit('connectionChange', connected);
      this.emitter.emit(connected ? 'connected' : 'disconnected');
    }
    const repeated = now.error?.code === before.error?.code && now.attempt === before.attempt;
    if (now.error !== undefined && !(repeated && now.state === before.state)) {
      const error = new EngineError(now.error.code, now.error.message);
      // Nothing goes on by itself from here, and whoever wonders why looks there first.
      const isHeard = this.emitError(error) || this.logError !== undefined;
      if (!isHeard && now.state === 'failed') console.error(`civic-realtime: ${error.message}`);
    }
  }

  /** What a caller's callback threw is his own error as it is; without anybody who listens it shows as uncaught. */
  tellError(error: unknown): void {
    this.logError?.(error);
    const heard = this.emitError(error instanceof Error ? error : new Error(String(error)));
    if (!heard && !(error instanceof EngineError)) reportUncaught(error);
  }

  private emitError(error: Error): boolean {
    return this.emitter.emit('error', error);
  }
}
