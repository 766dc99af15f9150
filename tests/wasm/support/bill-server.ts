import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** A server as small as can be: keeps what pages send, and sends them what a test says. */
export class BillServer {
  readonly received: { type: string; topic?: string; [field: string]: unknown }[] = [];
  connections = 0;
  private server: WebSocketServer | null = null;
  private readonly waiting = new Set<() => void>();
  private port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** On the port it had before, if it was started before. */
  async start(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.port });
    this.server = server;
    server.on('connection', (socket) => {
      ++this.connections;
      socket.on('message', (data: Buffer) => {
        this.received.push(JSON.parse(data.toString()) as (typeof this.received)[number]);
        this.check();
      });
      socket.on('close', () => {
        this.check();
      });
      this.check();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** Breaks every connection off, without a closing handshake, and listens no more. */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }

  get open(): WebSocket[] {
    return [...(this.server?.clients ?? [])];
  }

  send(message: object): void {
    for (const socket of this.open) socket.send(JSON.stringify(message));
  }

  countOf(type: string, topic: string): number {
    return this.received.filter((message) => message.type === type && message.topic === topic)
      .length;
  }

  /** Resolves when `condition` holds, which is asked whenever something happened here. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
      });
    }
  }

  private check(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
