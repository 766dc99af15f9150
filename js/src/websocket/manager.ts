import { completeConfig } from '../config/get-config.js';
import { maxMessageBytes } from '../config/engine-config.js';
import { checkPage } from '../config/page-rules.js';
import type { EventKind } from '../engine/abi.js';
import type { ConnectionSnapshot, EngineClient, ReadModel } from '../engine/client.js';
import { EngineError, errorFrom, messageOf, type ErrorReport } from '../engine/engine-error.js';
import { DeliveryQueue, reportUncaught } from '../events/delivery-queue.js';
import { EventEmitter } from '../events/event-emitter.js';
import type {
  ConnectionState,
  MessageCallback,
  RealTimeConfig,
  RealTimeConfigInput,
  RealTimeMessage,
  SubscriptionOptions,
  WebSocketConfigInput,
  WebSocketEvents,
} from '../types.js';
import { ConnectionTracker } from './connection-tracker.js';
import { createEngine, type EngineOptions } from './create-engine.js';
import { eventBit, eventName } from './event-kinds.js';
import { byteLength, quiet } from './outgoing.js';
import { SubscriptionTable } from './subscription-table.js';
import { TokenSource } from './token-source.js';

/** What surrounds the WebSocket's own configuration. */
export interface ManagerOptions {
  /** Everything of the configuration but `websocket`. */
  readonly realTime?: Omit<RealTimeConfigInput, 'websocket'>;
  /** Where the engine comes from and what it touches. */
  readonly engine?: EngineOptions;
  /** @internal Another engine than the package's own. */
  readonly createEngine?: (config: RealTimeConfig) => EngineClient;
}

/**
 * One WebSocket for everything: topics, messages and the connection's state. Making one opens nothing and starts
 * nothing; `connect` does. Throws a ConfigurationError when the configuration or the environment is not valid.
 */
export class UnifiedWebSocketManager {
  private static shared: UnifiedWebSocketManager | null = null;

  private readonly config: RealTimeConfig;
  private readonly engine: EngineClient;
  private readonly connection: ConnectionTracker;
  private readonly subscriptions: SubscriptionTable;
  private readonly tokens: TokenSource;
  private readonly queue = new DeliveryQueue();
  private readonly events: EventEmitter<WebSocketEvents>;
  private listenMask = 0;

  constructor(config?: WebSocketConfigInput, options: ManagerOptions = {}) {
    const websocket = config === undefined ? {} : { websocket: config };
    this.config = completeConfig({ ...options.realTime, ...websocket });
    this.events = new EventEmitter<WebSocketEvents>({
      queue: this.queue,
      onError: (error, event) => {
        // An error's listener that throws would be told of it for ever.
        if (event === 'error') reportUncaught(error);
        else this.tellError(error);
      },
      onListenerCount: (event, count) => {
        this.listen(eventBit(event), count > 0);
      },
    });
    this.tokens = new TokenSource(this.config.websocket.getToken);
    this.connection = new ConnectionTracker((now, before) => {
      this.tellConnection(now, before);
    });
    this.engine = options.createEngine?.(this.config) ?? createEngine(this.config, options.engine);
    this.subscriptions = new SubscriptionTable(this.engine);
    this.engine.setHandlers({
      event: (kind, _topic, payload) => {
        this.tellEvent(kind, payload);
      },
      delivery: (handle, message) => {
        this.deliver(handle, message as RealTimeMessage);
      },
      connection: (change) => {
        this.connection.apply(this.redacted(change));
      },
      error: (report) => {
        this.receiveError(report);
      },
      tokenWanted: (request) => {
        void this.provideToken(request);
      },
    });
  }

  /** The manager everything of the page may share. The first call makes it; later configurations are not looked at. */
  static getInstance(config?: WebSocketConfigInput): UnifiedWebSocketManager {
    UnifiedWebSocketManager.shared ??= new UnifiedWebSocketManager(config);
    return UnifiedWebSocketManager.shared;
  }

  /**
   * Loads the engine if need be and connects; with a connection lost or failed, tries again at once. Without a token
   * the one before is used. Resolves when the first attempt is over: connected, or the engine goes on trying. Rejects
   * when there can be no connection, which `error` tells as well, so the promise may be ignored.
   */
  connect(token?: string): Promise<void> {
    const sameToken = token === undefined || token === this.tokens.current;
    if (sameToken && this.connection.isUnderWay) return quiet(this.connection.settled());
    if (token !== undefined) this.tokens.current = token;
    this.connection.begin();
    try {
      checkPage(this.config.websocket);
    } catch (error) {
      return quiet(Promise.reject(this.giveUp(error)));
    }
    const settled = quiet(this.connection.settled());
    this.engine.command('connect', this.tokens.current);
    this.engine.start().catch((error: unknown) => {
      this.giveUp(error);
    });
    return settled;
  }

  /** Closes the connection and stays so. Subscriptions are kept for the next `connect`. */
  disconnect(): void {
    this.engine.command('disconnect');
    this.connection.end();
  }

  isConnected(): boolean {
    return this.connection.current.state === 'connected';
  }

  getConnectionState(): ConnectionState {
    return this.connection.current.state;
  }

  /**
   * Calls `callback` with every message of `topic`, in order; topic `*` is everything. Before there is a connection
   * the subscription is remembered. Returns the id for `unsubscribe`.
   */
  subscribe(topic: string, callback: MessageCallback, options: SubscriptionOptions = {}): string {
    return this.subscriptions.add(topic, callback, options);
  }

  /** Returns whether there was such a subscription. */
  unsubscribe(id: string): boolean {
    return this.subscriptions.remove(id);
  }

  getSubscriptionCount(): number {
    return this.subscriptions.size;
  }

  /**
   * Sends one message, or keeps it until there is a connection. Rejects when the message is no object with a `type`,
   * over 1 MiB, or could not be sent; the promise may be ignored.
   */
  send(message: RealTimeMessage): Promise<void> {
    return quiet(this.sendText(message));
  }

  /** Returns the function that takes the listener away again. */
  on<Name extends keyof WebSocketEvents>(
    event: Name,
    listener: (...args: WebSocketEvents[Name]) => void,
  ): () => void {
    return this.events.on(event, listener);
  }

  off<Name extends keyof WebSocketEvents>(
    event: Name,
    listener: (...args: WebSocketEvents[Name]) => void,
  ): void {
    this.events.off(event, listener);
  }

  /** Handles a message as if the server had sent it. */
  inject(message: RealTimeMessage): void {
    this.engine.command('inject', JSON.stringify(message));
    this.engine.flush?.();
  }

  /** @internal What the engine knows, for the services and hooks. */
  get readModel(): ReadModel {
    return this.engine.readModel;
  }

  /** @internal */
  get connectionSnapshot(): ConnectionSnapshot {
    return this.connection.current;
  }

  /** @internal */
  usesToken(token: string): boolean {
    return token === this.tokens.current;
  }

  /** @internal Calls `listener` at every change of the connection, before any event tells of it. */
  watchConnection(listener: () => void): () => void {
    return this.connection.watch(listener);
  }

  /** @internal Loads and creates the engine without connecting. */
  start(): Promise<void> {
    return this.engine.start();
  }

  /** @internal Ends connection, subscriptions and engine; listeners stay, and `connect` begins anew. */
  stop(): void {
    this.disconnect();
    this.tokens.current = '';
    this.subscriptions.clear();
    this.engine.stop();
    this.listenTo(this.listenMask);
  }

  private giveUp(cause: unknown): EngineError {
    const error =
      cause instanceof EngineError
        ? cause
        : new EngineError('engine-load-failed', messageOf(cause), { cause });
    this.connection.fail(error);
    return error;
  }

  private async sendText(message: RealTimeMessage): Promise<void> {
    if (typeof (message as Partial<RealTimeMessage> | null)?.type !== 'string') {
      throw new EngineError('invalid-argument', 'A message must be an object with a type.');
    }
    const text = JSON.stringify(message);
    const bytes = byteLength(text);
    if (bytes > maxMessageBytes) {
      throw new EngineError(
        'message-too-large',
        `The message "${message.type}" has ${bytes} bytes; at most ${maxMessageBytes} are allowed.`,
      );
    }
    await this.engine.send(text);
  }

  private async provideToken(request: number): Promise<void> {
    let token: string | null = null;
    try {
      token = await this.tokens.request();
    } catch (error) {
      this.tellError(error);
    }
    this.engine.command('provideToken', request, token ?? '');
  }

  /** A server may repeat a token in its reasons. */
  private redacted(change: ConnectionSnapshot): ConnectionSnapshot {
    const { reason, error } = change;
    if (reason === undefined && error === undefined) return change;
    return Object.freeze({
      ...change,
      ...(reason === undefined ? {} : { reason: this.tokens.redact(reason) }),
      ...(error === undefined
        ? {}
        : { error: Object.freeze({ ...error, message: this.tokens.redact(error.message) }) }),
    });
  }

  private receiveError(report: ErrorReport): void {
    const error = errorFrom({ ...report, message: this.tokens.redact(report.message) });
    if (report.code === 'engine-crashed') {
      // Nothing goes on by itself, but the next `connect` finds everything as it was.
      this.connection.fail(error);
      this.listenTo(this.listenMask);
      this.subscriptions.resend();
    } else {
      this.tellError(error);
    }
  }

  private listen(bit: number, on: boolean): void {
    const mask = on ? this.listenMask | bit : this.listenMask & ~bit;
    if (mask !== this.listenMask) this.listenTo(mask);
  }

  private listenTo(mask: number): void {
    this.listenMask = mask;
    this.engine.command('listen', mask);
  }

  private deliver(handle: number, message: RealTimeMessage): void {
    this.queue.push(
      () => this.subscriptions.callbackOf(handle)?.(message),
      (error) => {
        this.tellError(error);
      },
    );
  }

  private tellEvent(kind: EventKind, payload: () => unknown): void {
    const name = eventName(kind);
    if (name === undefined || this.events.listenerCount(name) === 0) return;
    this.events.emit(name, payload() as never);
  }

  private tellConnection(now: ConnectionSnapshot, before: ConnectionSnapshot): void {
    if (now.state !== before.state) this.events.emit('stateChange', now.state, before.state);
    const connected = now.state === 'connected';
    if (connected !== (before.state === 'connected')) {
      this.events.emit('connectionChange', connected);
      this.events.emit(connected ? 'connected' : 'disconnected');
    }
    const repeated = now.error?.code === before.error?.code && now.attempt === before.attempt;
    if (now.error !== undefined && !(repeated && now.state === before.state)) {
      this.tellError(new EngineError(now.error.code, now.error.message));
    }
  }

  /** What a caller's callback threw is his own error as it is; without anybody who listens it shows as uncaught. */
  private tellError(error: unknown): void {
    const heard = this.events.emit(
      'error',
      error instanceof Error ? error : new Error(String(error)),
    );
    if (!heard && !(error instanceof EngineError)) reportUncaught(error);
  }
}
