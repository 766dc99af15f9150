/** Stands between pages and a gateway of this machine, and does to their frames what its rules say. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { FaultedConnection, type ProxyTime } from './faulted-connection.js';
import { Fault, describeAction, textOf, typeOf } from './fault-rule.js';
import type { Direction, FaultAction, FaultRule } from './fault-rule.js';
import type { Frame } from './frame-splitter.js';

export interface FaultEvent {
  /** Since the proxy was started. */
  readonly atMs: number;
  readonly connection: number;
  readonly what: string;
}

const systemTime: ProxyTime = {
  now: () => performance.now(),
  wait: (ms) => delay(ms, undefined, { ref: false }),
};
const longestQuote = 120;

export class FaultProxy {
  /** Connections that came and went, and whatever was done to them, in order. */
  readonly events: FaultEvent[] = [];
  private readonly connections = new Set<FaultedConnection>();
  private readonly faults: Fault[] = [];
  private isCut = false;
  private lastConnection = 0;
  private readonly startedAtMs: number;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly time: ProxyTime,
  ) {
    this.startedAtMs = time.now();
  }

  static async start(targetPort: number, time: ProxyTime = systemTime): Promise<FaultProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new FaultProxy(server, (server.address() as AddressInfo).port, time);
    server.on('connection', (near) => {
      proxy.accept(near, targetPort);
    });
    return proxy;
  }

  /** The rule holds for frames from now on, on every connection. Of several that match a frame the one given first is done. */
  add(rule: FaultRule): Fault {
    const fault = new Fault(rule, this.time.now());
    this.faults.push(fault);
    return fault;
  }

  /** No rule holds any more. */
  clear(): void {
    this.faults.length = 0;
  }

  /** Ends every connection without a goodbye; until `mend`, new ones end at once. */
  cut(): void {
    this.isCut = true;
    for (const connection of this.connections) connection.reset('cut');
  }

  mend(): void {
    this.isCut = false;
  }

  /** How many connections it carries; those that are half-open are among them. */
  get size(): number {
    return this.connections.size;
  }

  /** For the output of a test that failed. */
  describe(): string {
    return this.events
      .map(({ atMs, connection, what }) => `${atMs.toFixed(0)} ms  #${String(connection)} ${what}`)
      .join('\n');
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(near: Socket, targetPort: number): void {
    if (this.isCut) {
      near.resetAndDestroy();
      return;
    }
    const number = ++this.lastConnection;
    const note = (what: string): void => {
      this.events.push({ atMs: this.time.now() - this.startedAtMs, connection: number, what });
    };
    note('opened');
    const connection = new FaultedConnection(near, connect(targetPort, '127.0.0.1'), {
      time: this.time,
      judge: (direction, frame) => this.judge(direction, frame, note),
      ended: note,
      gone: () => this.connections.delete(connection),
    });
    this.connections.add(connection);
  }

  private judge(
    direction: Direction,
    frame: Frame,
    note: (what: string) => void,
  ): FaultAction | null {
    if (this.faults.every(({ isSpent }) => isSpent)) return null;
    const text = textOf(frame);
    const seen = { direction, text, type: typeOf(text), atMs: this.time.now() };
    const fault = this.faults.find((one) => one.claims(seen));
    if (fault === undefined) return null;
    const quote = text === null ? `opcode ${String(frame.opcode)}` : text.slice(0, longestQuote);
    note(`${describeAction(fault.rule.then)}, ${direction}: ${quote}`);
    return fault.rule.then;
  }
}
