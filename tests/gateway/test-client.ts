/** A WebSocket client that remembers what it received, and can wait for what it has not yet. */

import { once } from 'node:events';
import { WebSocket } from 'ws';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Message = Record<string, any>;

export interface ConnectOptions {
  protocols?: string[];
  origin?: string;
  /** False leaves pings unanswered, as a dead peer does. */
  autoPong?: boolean;
}

interface Waiter {
  wanted: () => boolean;
  resolve: () => void;
}

export class TestClient {
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #waiters: Waiter[] = [];
  #nextMessageId = 1;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)) as Message);
      this.#waiters = this.#waiters.filter(({ wanted, resolve }) => {
        if (!wanted()) return true;
        resolve();
        return false;
      });
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    socket.on('error', () => {});
  }

  static async connect(
    url: string,
    { protocols = ['civic-engagement-v1'], ...options }: ConnectOptions,
  ): Promise<TestClient> {
    const socket = new WebSocket(url, protocols, options);
    const client = new TestClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a message with an id of its own, and waits for the reply that echoes it. */
  async request(message: Message): Promise<Message> {
    const messageId = `request-${this.#nextMessageId}`;
    this.#nextMessageId += 1;
    this.send({ ...message, messageId });
    return this.find((reply) => reply.messageId === messageId);
  }

  subscribe(billId: number, more: Message = {}): Promise<Message> {
    const topic = `bill:${billId}`;
    return this.request({
      type: 'subscribe',
      topic,
      subscriptionId: `s-${billId}`,
      data: { bill_id: billId },
      ...more,
    });
  }

  /** Subscribes to a topic that is not a bill's. */
  open(topic: string, more: Message = {}): Promise<Message> {
    return this.request({ type: 'subscribe', topic, subscriptionId: `s-${topic}`, ...more });
  }

  /** The first message, received already or still to come, that is wanted. */
  async find(wanted: (message: Message) => boolean): Promise<Message> {
    await this.until(() => this.received.some(wanted));
    return this.received.find(wanted) as Message;
  }

  ofType(type: string): Message[] {
    return this.received.filter((message) => message.type === type);
  }

  /** Settles when the condition holds; it is looked at after every message. */
  until(wanted: () => boolean): Promise<void> {
    if (wanted()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ wanted, resolve }));
  }

  /** Everything sent to this client before now has arrived when this settles. */
  async settled(): Promise<void> {
    await this.request({ type: 'ping' });
  }

  terminate(): void {
    this.socket.terminate();
  }
}
