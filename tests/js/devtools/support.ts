import type { RealTimeService } from '../../../js/src/services/realtime-service.js';
import type {
  ConnectionState,
  RealTimeEvents,
  RealTimeStats,
  TopicStats,
} from '../../../js/src/types.js';

type Listener = (...args: never[]) => void;

export const topicStats = (changes: Partial<TopicStats> = {}): TopicStats => ({
  delivery: 'exactly-ordered',
  messages: 0,
  bytes: 0,
  conflated: 0,
  dropped: 0,
  duplicatesDropped: 0,
  gaps: 0,
  recovered: 0,
  cacheBytes: 0,
  lastMessageAt: null,
  ...changes,
});

/** The part of a service that the panel uses, played by the test. */
export class FakeService {
  state: ConnectionState = 'disconnected';
  records = false;
  asked = 0;
  readonly exports: unknown[] = [];
  exported: () => Promise<Blob> = () => Promise.resolve(new Blob(['a recording']));
  stats: Partial<RealTimeStats> = {};
  private readonly listeners = new Map<string, Set<Listener>>();

  readonly manager = {
    settings: { websocket: { recording: { enabled: false } } },
    on: (event: string, listener: Listener) => this.on(event, listener),
  };

  getConnectionState(): ConnectionState {
    return this.state;
  }

  refreshStats(): Promise<RealTimeStats> {
    ++this.asked;
    const none = { messages: 0, bytes: 0, wireBytes: 0 };
    const deflated = { frames: 0, wireBytes: 0, textBytes: 0 };
    const stats: Partial<RealTimeStats> = {
      countedAt: Date.now(),
      topics: {},
      timeline: [],
      roundTrip: { samples: 0, p50Ms: null, p99Ms: null, recentMs: [] },
      traffic: { received: none, sent: none, conflated: 0, dropped: 0 },
      memory: { engineBytes: null, cacheBytes: 0, outboxBytes: 0, pageBytes: 0 },
      streams: { gaps: 0, recovered: 0, duplicatesDropped: 0, resumed: 0, resyncs: 0 },
      sending: { acknowledged: 0, resent: 0, outbox: { messages: 0, bytes: 0 }, backlogBytes: 0 },
      compression: { state: 'off', sent: deflated, received: deflated },
      ...this.stats,
    };
    return Promise.resolve(stats as RealTimeStats);
  }

  exportRecording(options: unknown): Promise<Blob> {
    this.exports.push(options);
    return this.exported();
  }

  on(event: string, listener: Listener): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  listenerCount(event: string): number {
    return this.listeners.get(event)?.size ?? 0;
  }

  emit<Name extends keyof RealTimeEvents>(event: Name, ...args: RealTimeEvents[Name]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...(args as never[]));
  }

  changeState(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.listeners.get('stateChange') ?? []) listener();
  }

  asService(): RealTimeService {
    return this as unknown as RealTimeService;
  }
}
