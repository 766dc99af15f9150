import { counterNames } from '../engine/abi.js';
import type {
  ConnectionState,
  EngineCounters,
  RealTimeConfigInput,
  RealTimeEvents,
  RealTimeHandlers,
  RealTimeStats,
  RealTimeSubscription,
  RecordingOptions,
} from '../types.js';
import type { EngineOptions } from '../websocket/create-engine.js';
import { UnifiedWebSocketManager, type ManagerOptions } from '../websocket/manager.js';
import { quiet } from '../websocket/outgoing.js';
import { readsState } from '../websocket/reads-state.js';
import { BillTrackingService } from './bill-tracking.js';
import { CommunityService } from './community.js';
import { compressionStats } from './compression-stats.js';
import { sendingStats, streamStats } from './delivery-stats.js';
import { EngagementService } from './engagement.js';
import { HandlerSet } from './handler-set.js';
import { NotificationService } from './notifications.js';
import { memoryStats, roundTripStats, topicStats, trafficStats } from './traffic-stats.js';
import { topicOf, type SubscriptionKind } from './subscription-topic.js';

/** Everything one connection needs; made at first use, so that a service costs nothing until then. */
interface Parts {
  readonly manager: UnifiedWebSocketManager;
  readonly bills: BillTrackingService;
  readonly community: CommunityService;
  readonly notifications: NotificationService;
  readonly engagement: EngagementService;
}

/** What a service can be given that is no configuration. */
export interface RealTimeServiceOptions {
  readonly engine?: EngineOptions;
  /** @internal Another engine than the package's own. */
  readonly createEngine?: NonNullable<ManagerOptions['createEngine']>;
}

/**
 * The way into the package: one connection, its services, its events. Everything may be called before `initialize`:
 * subscriptions and listeners are remembered, reads return empty values. A configuration or environment variable that
 * is not valid is a ConfigurationError at the first use.
 */
export class RealTimeService {
  /** Resolves when the engine runs for the first time; never rejects. */
  readonly ready: Promise<void>;

  private parts: Parts | null = null;
  private readonly handlers = new HandlerSet((event, handler) => this.on(event, handler as never));
  private readonly kinds = new Map<string, SubscriptionKind>();
  private readonly resetListeners = new Set<() => void>();
  private markReady: () => void = () => undefined;
  /** Somebody asked for a connection and nobody has ended it since. */
  private begun = false;
  /** Somebody ended it; from then on only an explicit call starts it again. */
  private ended = false;

  constructor(
    private readonly config: RealTimeConfigInput = {},
    private options: RealTimeServiceOptions = {},
  ) {
    this.ready = new Promise((resolve) => {
      this.markReady = resolve;
    });
  }

  /**
   * Loads the engine and connects. Resolves when the first attempt is over, whether there is a connection or the
   * engine goes on trying; rejects when there can be none, which `error` tells as well. Calling it again while it
   * runs changes nothing, unless with another token.
   */
  initialize(token?: string): Promise<void> {
    const manager = this.parts?.manager;
    const sameToken = token === undefined || manager?.usesToken(token) === true;
    if (sameToken && manager?.getConnectionState() === 'reconnecting') return Promise.resolve();
    return this.connect(token);
  }

  /** Ends connection, subscriptions and engine. Listeners stay; `initialize` begins anew. */
  shutdown(): Promise<void> {
    this.begun = false;
    this.ended = true;
    if (this.parts !== null) {
      const { manager, ...services } = this.parts;
      for (const service of Object.values(services)) service.shutdown();
      this.kinds.clear();
      manager.stop();
      for (const listener of [...this.resetListeners]) listener();
    }
    return Promise.resolve();
  }

  /** Connects, also after `disconnect` or `failed`; settles as `initialize` does. */
  connect(token?: string): Promise<void> {
    return quiet(this.open(token));
  }

  /** Closes the connection and stays so; subscriptions are kept for the next `connect`. */
  disconnect(): void {
    this.begun = false;
    this.ended = true;
    this.parts?.manager.disconnect();
  }

  isConnected(): boolean {
    return this.parts?.manager.isConnected() ?? false;
  }

  getConnectionState(): ConnectionState {
    return this.parts?.manager.getConnectionState() ?? 'disconnected';
  }

  /** What comes of it reaches the events (`on`, `setHandlers`) and the services. Returns the id for `unsubscribe`. */
  subscribe(subscription: RealTimeSubscription): string {
    const { kind, topic } = topicOf(subscription);
    const { filters } = subscription;
    const options = filters === undefined ? {} : { filters };
    const id = this.manager.subscribe(
      topic,
      readsState(() => undefined),
      options,
    );
    this.kinds.set(id, kind);
    return id;
  }

  /** Returns whether there was such a subscription. */
  unsubscribe(id: string): boolean {
    return this.kinds.delete(id) && this.manager.unsubscribe(id);
  }

  getBillTrackingService(): BillTrackingService {
    return this.use().bills;
  }

  getCommunityService(): CommunityService {
    return this.use().community;
  }

  getNotificationService(): NotificationService {
    return this.use().notifications;
  }

  getEngagementService(): EngagementService {
    return this.use().engagement;
  }

  /** Sets the named handlers in place of earlier ones; a handler given as undefined is taken away. */
  setHandlers(handlers: RealTimeHandlers): void {
    this.handlers.set(handlers);
  }

  /** Returns the function that takes the listener away again. */
  on<Name extends keyof RealTimeEvents>(
    event: Name,
    listener: (...args: RealTimeEvents[Name]) => void,
  ): () => void {
    return this.manager.on<keyof RealTimeEvents>(event, listener as never);
  }

  off<Name extends keyof RealTimeEvents>(
    event: Name,
    listener: (...args: RealTimeEvents[Name]) => void,
  ): void {
    this.manager.off<keyof RealTimeEvents>(event, listener as never);
  }

  /**
   * The figures of now, as far as they are known on the page: what only the engine counts is as of its last answer, and
   * every call asks for a newer one. `refreshStats` waits for it.
   */
  getStats(): RealTimeStats {
    this.manager.askForFigures();
    return this.stats();
  }

  /** Resolves with fresh figures; without an engine that runs, with what is known. Never rejects. */
  async refreshStats(): Promise<RealTimeStats> {
    await this.manager.refreshFigures();
    return this.stats();
  }

  /** As `exportRecording` of the manager. */
  exportRecording(options: RecordingOptions = {}): Promise<Blob> {
    return this.manager.exportRecording(options);
  }

  private stats(): RealTimeStats {
    const { manager, bills, community, notifications } = this.use();
    const { readModel, settings, connectionSnapshot } = manager;
    const { state, quality, attempt } = connectionSnapshot;
    return {
      connectionState: state,
      isConnected: state === 'connected',
      connectionQuality: quality,
      subscriptionCount: manager.getSubscriptionCount(),
      billSubscriptions: bills.getSubscriptionCount() + this.count('bill'),
      communitySubscriptions: community.getSubscriptionCount() + this.count('community'),
      notificationSubscriptions: notifications.getSubscriptionCount() + this.count('notification'),
      reconnectAttempts: attempt,
      countedAt: readModel.figures()?.countedAt ?? null,
      delivery: readModel.guarantees(),
      topics: topicStats(readModel),
      roundTrip: roundTripStats(readModel),
      traffic: trafficStats(readModel),
      memory: memoryStats(readModel),
      timeline: manager.timeline,
      streams: streamStats(readModel),
      sending: sendingStats(readModel),
      compression: compressionStats(settings.websocket, connectionSnapshot, readModel),
      counters: Object.fromEntries(
        counterNames.map((name) => [name, readModel.counter(name)]),
      ) as EngineCounters,
    };
  }

  /** @internal */
  get manager(): UnifiedWebSocketManager {
    return this.use().manager;
  }

  /**
   * @internal Starts a service that nobody started or ended, once the code that is running has had its chance to. A
   * token is passed on to one that runs.
   */
  startWhenUsed(token?: string): void {
    queueMicrotask(() => {
      if (!this.ended && (!this.begun || token !== undefined)) void this.initialize(token);
    });
  }

  /** @internal For a service that has not started; an invalid value is told by the `error` event. */
  configureReconnect({
    maxAttempts,
    delay,
  }: {
    maxAttempts?: number | undefined;
    delay?: number | undefined;
  }): void {
    if (maxAttempts === undefined && delay === undefined) return;
    try {
      this.manager.configureReconnect({ maxAttempts, delay });
    } catch (error) {
      this.manager.report(error as Error);
    }
  }

  /**
   * @internal Uses another engine from now on, or again its own (null). Ends what runs; services and listeners are new
   * ones afterwards.
   */
  replaceEngine(createEngine: RealTimeServiceOptions['createEngine'] | null): void {
    void this.shutdown();
    const { createEngine: _, ...others } = this.options;
    this.options = createEngine == null ? others : { ...others, createEngine };
    this.parts = null;
    this.ended = false;
    this.handlers.forget();
  }

  /** @internal Calls `listener` after `shutdown` took every subscription away. */
  onReset(listener: () => void): () => void {
    this.resetListeners.add(listener);
    return () => {
      this.resetListeners.delete(listener);
    };
  }

  private async open(token: string | undefined): Promise<void> {
    const { manager } = this.use();
    this.begun = true;
    this.ended = false;
    const connected = manager.connect(token);
    manager.start().then(this.markReady, () => undefined);
    await connected;
  }

  private use(): Parts {
    if (this.parts === null) {
      const { websocket, ...realTime } = this.config;
      const manager = new UnifiedWebSocketManager(websocket, { realTime, ...this.options });
      this.parts = {
        manager,
        bills: new BillTrackingService(manager),
        community: new CommunityService(manager),
        notifications: new NotificationService(manager),
        engagement: new EngagementService(manager),
      };
    }
    return this.parts;
  }

  private count(kind: SubscriptionKind): number {
    let count = 0;
    for (const other of this.kinds.values()) if (other === kind) ++count;
    return count;
  }
}

/** The service of the page. Importing it opens nothing and starts nothing. */
export const realTimeService = new RealTimeService();
