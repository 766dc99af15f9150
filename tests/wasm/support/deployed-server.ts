import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** What a page sent; everything but the type is as it came. */
export interface PageMessage {
  readonly type: string;
  readonly topic?: string;
  readonly messageId?: string;
  readonly data?: { readonly bill_id?: number; readonly [field: string]: unknown };
  readonly messages?: readonly PageMessage[];
}

export interface DeployedServerOptions {
  /** `none` chooses none of the offered subprotocols; `first` is what a server does that leaves it to its library. */
  readonly subprotocol?: 'none' | 'first';
}

/**
 * A server of dialect v1 as it is deployed, made from docs/protocol.md alone. It knows `subscribe` and `unsubscribe`
 * with `data.bill_id`, and `ping`; it answers everything else with `error`. Whatever it sends names no topic.
 */
export class DeployedServer {
  /** Of all connections, in the order of arrival. */
  readonly received: PageMessage[] = [];
  /** With which codes pages closed their connections. */
  readonly closeCodes: number[] = [];
  private server: WebSocketServer | null = null;
  private readonly billsOf = new Map<WebSocket, Set<number>>();
  private port = 0;
  /** What is to be done when it no longer hangs; null while it does not hang. */
  private held: (() => void)[] | null = null;

  constructor(private readonly options: DeployedServerOptions = {}) {}

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** On the port it had before, if it was started before. */
  async start(): Promise<void> {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: this.port,
      ...(this.options.subprotocol !== 'first' && { handleProtocols: () => false as const }),
    });
    this.server = server;
    server.on('connection', (socket) => {
      this.accept(socket);
    });
    await new Promise((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** As a process that is killed: no closing handshake, and every subscription is forgotten. */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }

  /** From now on it does nothing, as a process that hangs: what arrives is kept for later. */
  hang(): void {
    this.held ??= [];
  }

  goOn(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const handle of held) handle();
  }

  /** The bills that somebody follows. */
  get followedBills(): number[] {
    return [...new Set([...this.billsOf.values()].flatMap((bills) => [...bills]))].sort(
      (left, right) => left - right,
    );
  }

  /** Sends a message to those who follow the bill. */
  publish(bill: number, message: object): void {
    for (const [socket, bills] of this.billsOf) {
      if (bills.has(bill)) socket.send(JSON.stringify(message));
    }
  }

  receivedOf(type: string): PageMessage[] {
    return this.received.filter((message) => message.type === type);
  }

  private accept(socket: WebSocket): void {
    const bills = new Set<number>();
    this.billsOf.set(socket, bills);
    socket.on('message', (frame: Buffer) => {
      const message = JSON.parse(frame.toString()) as PageMessage;
      this.received.push(message);
      const handle = (): void => {
        socket.send(JSON.stringify(answerTo(message, bills)));
      };
      if (this.held === null) handle();
      else this.held.push(handle);
    });
    socket.on('close', (code) => {
      this.billsOf.delete(socket);
      this.closeCodes.push(code);
    });
  }
}

function answerTo(message: PageMessage, bills: Set<number>): object {
  const { type, messageId } = message;
  const timestamp = new Date().toISOString();
  if (type === 'ping') return { type: 'pong', messageId, timestamp };
  if (type !== 'subscribe' && type !== 'unsubscribe') {
    return refusal(message, `Unknown message type: ${type}`);
  }
  const bill = message.data?.bill_id;
  if (typeof bill !== 'number') return refusal(message, 'bill_id is required');
  if (type === 'subscribe') bills.add(bill);
  else bills.delete(bill);
  return { type: `${type}_confirmation`, data: { bill_id: bill }, messageId, timestamp };
}

function refusal({ type, messageId }: PageMessage, error: string): object {
  return { type: 'error', data: { error, originalType: type }, messageId };
}
