import { engineConfigOf } from '../config/engine-config.js';
import { DeadlineTimer } from '../engine/deadline-timer.js';
import { RealTimeService } from '../services/realtime-service.js';
import type { RealTimeConfig, RealTimeConfigInput, RealTimeMessage } from '../types.js';
import type { UnifiedWebSocketManager } from '../websocket/manager.js';
import type { EnginePool } from './engine-pool.js';
import { FakeSocket, socketsOf, type SocketPeer } from './fake-socket.js';
import { InProcessEngine } from './in-process-engine.js';
import { settled, VirtualTime } from './virtual-time.js';

export interface FakeServerOptions {
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

const defaultStartMs = Date.UTC(2026, 0, 1);

/**
 * A server for tests, and a real service that is connected to it: the real engine in this process, without a network, on
 * a time of its own that moves by `advance` alone. It speaks dialect v1, answers pings, and is otherwise silent.
 */
export class FakeServer {
  readonly service: RealTimeService;
  /** Every message the page sent, oldest first; may be emptied. */
  readonly sent: RealTimeMessage[] = [];
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
    this.peer = {
      connecting: (socket) => {
        this.socket = socket;
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

  /** Sends the page a message; an object, or a text as it is, which may be malformed. Throws without a connection. */
  deliver(message: object | string): void {
    this.connection().receive(typeof message === 'string' ? message : JSON.stringify(message));
    this.engine?.flush();
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
    const answer = answerTo(message);
    if (answer === null) return;
    queueMicrotask(() => {
      socket.receive(JSON.stringify(answer));
    });
  }
}

/** Without these answers the connection would not stay. */
function answerTo({ type, messageId }: RealTimeMessage): RealTimeMessage | null {
  if (type === 'ping') return { type: 'pong', messageId };
  if (type === 'auth') {
    return { type: 'auth_confirmation', messageId, data: { authenticated: true } };
  }
  return null;
}
