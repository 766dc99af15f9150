/** A WebSocket client that remembers what it received, and can wait for what it has not yet. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { inflateRawSync } from 'node:zlib';
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
  /** How many of them came in deflated frames. */
  deflatedFrames = 0;
  onMessage: (message: Message) => void = () => {};
  readonly closed: Promise<{ code: number; reason: string }>;
  #waiters: Waiter[] = [];
  #nextMessageId = 1;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.deflatedFrames += 1;
      const text = isBinary ? inflateRawSync(data.subarray(1)) : data;
      const message = JSON.parse(String(text)) as Message;
      this.received.push(message);
      this.onMessage(message);
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

  /** Greets, as a client of dialect v2 does first. */
  hello(data: Message = {}): Promise<Message> {
    return this.request({ type: 'hello', data: { client: 'test-engine', ...data } });
  }

  /** Subscribes to streams of dialect v2. */
  follow(...topics: (string | Message)[]): Promise<Message> {
    const asked = topics.map((topic) => (typeof topic === 'string' ? { topic } : topic));
    return this.request({ type: 'subscribe', topics: asked });
  }

  /** Sends a message that is acknowledged or refused, and waits for which. */
  async apply(message: Message): Promise<Message> {
    const messageId = (message.messageId ?? randomUUID()) as string;
    const before = this.received.length;
    this.send({ ...message, messageId });
    const isAnswer = (answer: Message): boolean =>
      (answer.type === 'ack' && (answer.messageIds as unknown[]).includes(messageId)) ||
      (answer.type === 'error' && answer.messageId === messageId);
    await this.until(() => this.received.slice(before).some(isAnswer));
    return this.received.slice(before).find(isAnswer) as Message;
  }

  /** Everything that was received, with batches taken apart. */
  get messages(): Message[] {
    return this.received.flatMap(unpacked);
  }

  /** What was received of one stream, or in place of it. */
  ofStream(topic: string): Message[] {
    return this.messages.filter((message) => message.topic === topic);
  }

  /** Subscribes to a topic that is not a bill's. */
  open(topic: string, more: Message = {}): Promise<Message> {
    return this.request({ type: 'subscribe', topic, subscriptionId: `s-${topic}`, ...more });
  }

  /** The first message, received already or still to come, alone or in a batch, that is wanted. */
  async find(wanted: (message: Message) => boolean): Promise<Message> {
    const found = (): Message | undefined =>
      this.received.find(wanted) ?? this.messages.find(wanted);
    await this.until(() => found() !== undefined);
    return found() as Message;
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

export function unpacked(message: Message): Message[] {
  return message.type === 'batch' ? (message.messages as Message[]).flatMap(unpacked) : [message];
}
