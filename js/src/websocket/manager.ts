import { completeConfig } from '../config/get-config.js';
import { resolveConfig } from '../config/resolve.js';
import { webSocketSchema } from '../config/schema.js';
import { checkPage } from '../config/page-rules.js';
import { checkTokenTransport } from '../config/token-rules.js';
import type { EngineCommandName, EngineCommands } from '../engine/abi.js';
import type { ConnectionSnapshot, EngineClient, ReadModel } from '../engine/client.js';
import { EngineError, errorFrom, messageOf, type ErrorReport } from '../engine/engine-error.js';
import type {
  ConnectionChange,
  ConnectionState,
  MessageCallback,
  RealTimeConfig,
  RealTimeMessage,
  RecordingOptions,
  SendOptions,
  SubscriptionOptions,
  WebSocketConfigInput,
  WebSocketEvents,
} from '../types.js';
import { ConnectionTimeline } from './connection-timeline.js';
import { ConnectionTracker } from './connection-tracker.js';
import { Log } from '../logging/log.js';
import { createEngine } from './create-engine.js';
import { ManagerEvents } from './manager-events.js';
import type { ManagerOptions, ReconnectChange } from './manager-options.js';
import { OutboxKeeping } from './outbox-keeping.js';
import { outgoingText, quiet } from './outgoing.js';
import { redactedConnection } from './redacted-connection.js';
import { sendOptionsText } from './send-options.js';
import { SubscriptionTable } from './subscription-table.js';
import { TokenSource } from './token-source.js';

export type { ManagerOptions } from './manager-options.js';

/**
 * One WebSocket for everything: topics, messages and the connection's state. Making one opens nothing and starts
 * nothing; `connect` does. Throws a ConfigurationError when the configuration or the environment is not valid.
 */
export class UnifiedWebSocketManager {
  private static shared: UnifiedWebSocketManager | null = null;

  private readonly config: RealTimeConfig;
  private readonly engine: EngineClient;
  private readonly connection: ConnectionTracker;
  private readonly changes = new ConnectionTimeline();
  private readonly subscriptions: SubscriptionTable;
  private readonly tokens: TokenSource;
  private readonly outbox: OutboxKeeping;
  private readonly log: Log | null;
  private readonly events: ManagerEvents;
  private hasStarted = false;
  private isAsking = false;

  constructor(config?: WebSocketConfigInput, options: ManagerOptions = {}) {
    const websocket = config === undefined ? {} : { websocket: config };
    this.config = completeConfig({ ...options.realTime, ...websocket });
    this.tokens = new TokenSource(this.config.websocket.getToken, () => this.now());
    const redact = (text: string): string => this.tokens.redact(text);
    const log = this.config.logging.level === 'silent' ? null : new Log(this.config, redact);
    this.log = log;
    this.events = new ManagerEvents(
      (eventMask) => {
        this.engine.command('listen', eventMask);
      },
      log === null
        ? undefined
        : (error) => {
            log.write({ about: 'error', error });
          },
    );
    this.connection = new ConnectionTracker((now, before) => {
      log?.write({ about: 'connection', now, before });
      this.changes.add(now, this.now());
      this.events.tellConnection(now, before);
    });
    const logNote = (note: string): void => log?.write({ about: 'engine', note });
    this.engine =
      options.createEngine?.(this.config) ??
      createEngine(this.config, { log: logNote, ...options.engine });
    this.subscriptions = new SubscriptionTable(this.engine);
    this.outbox = new OutboxKeeping(this.config.notifications.persistOffline, {
      engine: this.engine,
      subscriptions: this.subscriptions,
      tokens: this.tokens,
      report: (error) => {
        this.events.tellError(error);
      },
    });
    this.engine.setHandlers({
      event: (kind, _topic, payload) => {
        this.events.tellEvent(kind, payload);
      },
      delivery: (handle, message) => {
        this.events.deliver(() =>
          this.subscriptions.callbackOf(handle)?.(message as RealTimeMessage),
        );
      },
      connection: (change) => {
        this.connection.apply(redactedConnection(change, this.tokens));
      },
      error: (report) => {
        this.receiveError(report);
      },
      tokenWanted: (request) => {
        log?.write({ about: 'token' });
        void this.provideToken(request);
      },
    });
    if (log !== null) {
      this.events.on('gap', (gap) => {
        log.write({ about: 'gap', gap });
      });
    }
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
      if (this.tokens.isUsed) checkTokenTransport(this.config.websocket);
    } catch (error) {
      return quiet(Promise.reject(this.giveUp(error)));
    }
    this.outbox.begin();
    const settled = quiet(this.connection.settled());
    this.engine.command('connect', this.tokens.current);
    this.start().catch((error: unknown) => {
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
   * Sends one message, or keeps it until there is a connection. Resolves when the server has acknowledged it (dialect v2)
   * or the socket took it (v1). Rejects with an EngineError otherwise, whose `code` says why: `invalid-argument` and
   * `message-too-large` at once; `outbox-full` when too many wait; `message-expired` when its time is over;
   * `message-superseded` when one with the same `key` took its place; `message-rejected` when the server refused it;
   * `not-connected` when the connection was ended or has failed; `engine-stopped`, `engine-crashed` or
   * `engine-load-failed` when there is no engine any more. The promise may be ignored.
   */
  send(message: RealTimeMessage, options?: SendOptions): Promise<void> {
    return quiet(this.sendText(message, options));
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
    this.command('inject', JSON.stringify(message));
  }

  /**
   * The last inputs of the engine as a file, for `npm run replay`. Rejects with an EngineError whose `code` is
   * `recording-off` when `websocket.recording.enabled` is false, and `engine-stopped` when no engine runs.
   */
  async exportRecording({ payloads = true }: RecordingOptions = {}): Promise<Blob> {
    const recording = await this.engine.exportRecording(payloads);
    return new Blob([recording], { type: 'application/octet-stream' });
  }

  /** @internal What the engine knows, for the services and hooks. */
  get readModel(): ReadModel {
    return this.engine.readModel;
  }

  /** @internal */
  get connectionSnapshot(): ConnectionSnapshot {
    return this.connection.current;
  }

  /** @internal The newest changes of the connection, oldest first. */
  get timeline(): readonly ConnectionChange[] {
    return this.changes.changes();
  }

  /** @internal Resolves when the read model has the engine's figures as of now, or there is no engine to ask. */
  refreshFigures(): Promise<void> {
    return this.engine.refreshFigures();
  }

  /** @internal The same for whoever does not wait: asks once until there is an answer. */
  askForFigures(): void {
    if (this.isAsking) return;
    this.isAsking = true;
    void this.refreshFigures().then(() => {
      this.isAsking = false;
    });
  }

  /** @internal The configuration, complete and checked. */
  get settings(): RealTimeConfig {
    return this.config;
  }

  /** @internal Gives the engine a command; where it runs in this thread, what it changed is there on return. */
  command<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void {
    this.engine.command(name, ...args);
    this.engine.flush?.();
  }

  /** @internal Tells an error by the `error` event. */
  report(error: Error): void {
    this.events.tellError(error);
  }

  /** @internal Milliseconds since the Unix epoch. */
  now(): number {
    return this.engine.now?.() ?? Date.now();
  }

  /** @internal The token in use; empty while there is none. */
  get identity(): string {
    return this.tokens.identity;
  }

  /** @internal Calls `listener` whenever `identity` changed. */
  watchIdentity(listener: () => void): () => void {
    return this.tokens.watchIdentity(listener);
  }

  /** @internal Changes how it reconnects, unless the engine has been started. Throws a ConfigurationError. */
  configureReconnect(change: ReconnectChange): void {
    if (this.hasStarted) return;
    const { websocket } = this.config;
    const changed = resolveConfig(
      webSocketSchema.reconnect,
      websocket.reconnect,
      change,
      'websocket.reconnect',
    );
    Object.assign(websocket.reconnect, changed);
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
    this.hasStarted = true;
    return this.engine.start();
  }

  /** @internal Ends connection, subscriptions and engine; listeners stay, and `connect` begins anew. */
  stop(): void {
    this.disconnect();
    this.outbox.end();
    this.tokens.current = '';
    this.subscriptions.clear();
    this.engine.stop();
    this.hasStarted = false;
    this.events.listenAgain();
  }

  private giveUp(cause: unknown): EngineError {
    const error =
      cause instanceof EngineError
        ? cause
        : new EngineError('engine-load-failed', messageOf(cause), { cause });
    this.connection.fail(error);
    return error;
  }

  private async sendText(message: RealTimeMessage, options?: SendOptions): Promise<void> {
    try {
      const sent = this.engine.send(outgoingText(message), sendOptionsText(options));
      // What waits expires by the engine's clock, so there has to be one; without any, the message is refused.
      if (!this.hasStarted) this.start().catch(() => undefined);
      await sent;
    } catch (error) {
      this.log?.write({ about: 'message', message, error });
      throw error instanceof EngineError ? this.redacted(error) : error;
    }
  }

  private async provideToken(request: number): Promise<void> {
    let token: string | null = null;
    try {
      token = await this.tokens.request();
    } catch (error) {
      this.events.tellError(error);
    }
    this.engine.command('provideToken', request, token ?? '');
  }

  private redacted(report: ErrorReport): EngineError {
    return errorFrom(this.tokens.redactReport(report));
  }

  private receiveError(report: ErrorReport): void {
    const error = this.redacted(report);
    if (report.code === 'engine-crashed') {
      // Nothing goes on by itself, but the next `connect` finds everything as it was.
      this.connection.fail(error);
      this.events.listenAgain();
      this.subscriptions.resend();
    } else {
      this.events.tellError(error);
    }
  }
}
