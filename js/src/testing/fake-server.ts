import { engineConfigOf } from '../config/engine-config.js';
import { DeadlineTimer } from '../engine/deadline-timer.js';
import { RealTimeService } from '../services/realtime-service.js';
import type { RealTimeConfig, RealTimeConfigInput, RealTimeMessage } from '../types.js';
import type { UnifiedWebSocketManager } from '../websocket/manager.js';
import { DialectV2, type DialectV2Options } from './dialect-v2.js';
import type { EnginePool } from './engine-pool.js';
import { FakeSocket, socketsOf, type SocketPeer } from './fake-socket.js';
import { InProcessEngine } from './in-process-engine.js';
import { settled, VirtualTime } from './virtual-time.js';

export interface FakeServerOptions extends DialectV2Options {
  /** `v2` gives what the delivery guarantees need: positions, replay, acknowledgements; `v1` unless said otherwise. */
  readonly dialect?: 'v1' | 'v2';
  /** The configuration of the server's service. A service it is installed in keeps its own. */
  readonly config?: RealTimeConfigInput;
  /** Accept connections without being told; true. Otherwise `open` does. */
  readonly acceptsConnections?: boolean;
  /**
   * Milliseconds between the page's frames. At 0, unless said otherwise, what arrives can be read at once; otherwise it
   * crosses as in a browser, the first at once and what follows at the next frame, for which `advance` is called.
   */
  readonly frameMs?: number;
  /** Milliseconds since the Unix epoch at which time stands in the beginning; 2026-01-01. */
  readonly startMs?: number;
}

const protocolV2 = 'civic-engagement-v2';
const defaultStartMs = Date.UTC(2026, 0, 1);

/**
 * A server for tests, and a real service that is connected to it: the real engine in this process, without a network, on
 * a time of its own that moves by `advance` alone. In dialect v1 it answers pings and is otherwise silent; in v2 it also
 * answers subscriptions, keeps events for a page that comes back, and acknowledges.
 */
export class FakeServer {
  readonly service: RealTimeService;
  /** Every message the page sent, oldest first; may be emptied. */
  readonly sent: RealTimeMessage[] = [];
  private readonly v2: DialectV2 | null;
  private readonly time: VirtualTime;
  private readonly peer: SocketPeer;
  private socket: FakeSocket | null = null;
  private engine: InProcessEngine | null = null;

  constructor(
    private readonly pool: EnginePool,
    private readonly options: FakeServerOptions,
    installed: RealTimeService | null,
  ) {
    this.time = new VirtualTime(options.startMs ?? defaultStartMs);
    this.v2 = options.dialect === 'v2' ? new DialectV2(options) : null;
    this.peer = {
      connecting: (socket) => {
        this.socket = socket;
        this.v2?.begin();
        if (this.v2 !== null && socket.protocols.includes(protocolV2)) socket.protocol = protocolV2;
        if (options.acceptsConnections === false) return;
        queueMicrotask(() => {
          socket.accept();
        });
      },
      sent: (socket, data) => {
        this.receive(socket, data);
      },
    };
    const createEngine = (config: RealTimeConfig): InProcessEngine => this.createEngine(config);
    if (installed === null) {
      const { websocket, ...others } = options.config ?? {};
      const security = { validateOrigin: false, ...websocket?.security };
      const config = { ...others, websocket: { ...websocket, security } };
      this.service = new RealTimeService(config, { createEngine });
    } else {
      installed.replaceEngine(createEngine);
      this.service = installed;
    }
  }

  get manager(): UnifiedWebSocketManager {
    return this.service.manager;
  }

  /** Whether there is a connection, as the server sees it. */
  get isConnected(): boolean {
    return this.socket?.readyState === FakeSocket.OPEN;
  }

  /** Milliseconds since the Unix epoch. */
  get now(): number {
    return this.time.clock();
  }

  /** Accepts the connection the page is asking for; one that is open stays open. Throws when there is none. */
  open(): void {
    if (this.socket === null || this.socket.readyState > FakeSocket.OPEN) {
      throw new Error('Nobody wants to connect. Call service.initialize() first.');
    }
    this.socket.accept();
    this.engine?.flush();
  }

  /** In dialect v2: what the page sent and took effect, each once, however often it was sent. */
  get applied(): readonly RealTimeMessage[] {
    return this.v2?.applied ?? [];
  }

  /**
   * Sends the page a message; an object, or a text as it is, which may be malformed. Throws without a connection. In
   * dialect v2 an object is an event of its topic: it reaches a page that has subscribed to that, and is kept for one
   * that comes back, so there need be no connection.
   */
  deliver(message: object | string): void {
    if (typeof message === 'string') {
      this.connection().receive(message);
    } else if (this.v2 === null) {
      this.connection().receive(JSON.stringify(message));
    } else {
      const event = this.v2.publish(message as RealTimeMessage);
      if (event !== null) this.socket?.receive(JSON.stringify(event));
    }
    this.engine?.flush();
  }

  /** In dialect v2: forgets all events and counts anew, as a server that starts again. */
  loseHistory(): void {
    this.v2?.loseHistory();
  }

  /** Ends the connection: 1006, the network broke, unless said otherwise. Throws without a connection. */
  dropConnection(code = 1006, reason = ''): void {
    this.connection().closed(code, reason, code !== 1006);
    this.engine?.flush();
  }

  /** Lets time pass: timers ring, connections are tried again, indicators expire. Resolves when all is done. */
  async advance(ms: number): Promise<void> {
    await settled();
    await this.time.advance(ms);
  }

  /** Gives a service in which this is installed its own engine back. Get its services and listen to it anew. */
  uninstall(): void {
    this.service.replaceEngine(null);
  }

  private connection(): FakeSocket {
    if (this.socket?.readyState === FakeSocket.OPEN) return this.socket;
    throw new Error(
      'There is no connection. Await service.initialize(), or call open() when acceptsConnections is false.',
    );
  }

  private createEngine(config: RealTimeConfig): InProcessEngine {
    const loaded = this.pool.take();
    const { clock, timers } = this.time;
    const deadline = new DeadlineTimer(clock, timers, () => {
      loaded.module._civic_advance();
      engine.flush();
    });
    loaded.world.now = clock;
    loaded.world.setDeadline = (deadlineMs) => {
      deadline.set(deadlineMs);
    };
    loaded.world.WebSocket = socketsOf(this.peer);
    const { frameMs = 0 } = this.options;
    const engine = new InProcessEngine(loaded, {
      config: () => JSON.stringify({ ...engineConfigOf(config), deflate: false }),
      nextFrame: frameMs > 0 ? (callback) => timers.set(callback, frameMs) : undefined,
    });
    this.engine = engine;
    return engine;
  }

  private receive(socket: FakeSocket, data: unknown): void {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer);
    const message = JSON.parse(text) as RealTimeMessage;
    this.sent.push(message);
    const isV2 = this.v2 !== null && socket.protocol === protocolV2;
    for (const answer of isV2 ? this.v2.answersTo(message) : answersTo(message)) {
      queueMicrotask(() => {
        socket.receive(JSON.stringify(answer));
      });
    }
  }
}

/** Without these answers the connection would not stay. */
function answersTo({ type, messageId }: RealTimeMessage): RealTimeMessage[] {
  if (type === 'ping') return [{ type: 'pong', messageId }];
  if (type === 'auth') {
    return [{ type: 'auth_confirmation', messageId, data: { authenticated: true } }];
  }
  return [];
}
