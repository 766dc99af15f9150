import type { RealTimeMessage } from '../types.js';
import { FakeStreams, streamOf, type StreamPosition } from './fake-streams.js';

export interface DialectV2Options {
  /** Events of each topic that are kept for a page that comes back; 100. */
  readonly streamLength?: number;
  /** Acknowledge messages of the page; true. Otherwise the test does, or refuses them. */
  readonly acknowledges?: boolean;
  /** Milliseconds for which a token is good, as the page is told; not told unless said. */
  readonly tokenExpiresInMs?: number;
}

interface Request {
  readonly topic: string;
  readonly since?: StreamPosition;
}

const unanswered = new Set(['typing_start', 'typing_stop', 'pong']);

/** The server's side of dialect v2, for one page after the other: see docs/protocol.md. */
export class DialectV2 {
  /** What took effect, each once, however often it was sent. */
  readonly applied: RealTimeMessage[] = [];
  private readonly streams: FakeStreams;
  private readonly subscribed = new Set<string>();
  /** Streams on which something was published since the last pong. */
  private readonly moved = new Set<string>();
  private readonly appliedIds = new Set<string>();

  constructor(private readonly options: DialectV2Options) {
    this.streams = new FakeStreams(options.streamLength ?? 100);
  }

  /** Another connection begins. */
  begin(): void {
    this.subscribed.clear();
    this.moved.clear();
  }

  loseHistory(): void {
    this.streams.lose();
  }

  /** The event as the page gets it; null when it is not subscribed to it. */
  publish(message: RealTimeMessage): RealTimeMessage | null {
    const event = this.streams.publish(message);
    const topic = event['topic'] as string | undefined;
    if (topic === undefined) return event;
    this.moved.add(topic);
    return this.subscribed.has(topic) || this.subscribed.has('*') ? event : null;
  }

  /** What is answered to a message of the page, in order. */
  answersTo(message: RealTimeMessage): RealTimeMessage[] {
    const { messageId } = message;
    const topics = message['topics'];
    const { tokenExpiresInMs } = this.options;
    switch (message.type) {
      case 'hello':
        return [{ type: 'welcome', messageId, data: { session: 'fake', tokenExpiresInMs } }];
      case 'auth':
        return [
          {
            type: 'auth_confirmation',
            messageId,
            data: { authenticated: true, tokenExpiresInMs },
          },
        ];
      case 'ping':
        return [{ type: 'pong', messageId, positions: this.takePositions() }];
      case 'subscribe':
        return this.subscribe(messageId, topics as readonly Request[]);
      case 'unsubscribe':
        for (const topic of topics as readonly string[]) this.subscribed.delete(streamOf(topic));
        return [{ type: 'unsubscribed', messageId }];
      case 'batch':
        return this.apply(message['messages'] as readonly RealTimeMessage[]);
      default:
        return unanswered.has(message.type) ? [] : this.apply([message]);
    }
  }

  private subscribe(messageId: unknown, requests: readonly Request[]): RealTimeMessage[] {
    const events: RealTimeMessage[] = [];
    const topics = requests.map(({ topic, since }) => {
      const name = streamOf(topic);
      this.subscribed.add(name);
      if (name === '*') return { topic: name, recovered: false };
      const start = this.streams.startFor(name, since);
      events.push(...this.streams.after(name, start.seq));
      const newest = this.streams.newest(name);
      return { topic: name, ...newest, start: start.seq, recovered: start.isComplete };
    });
    return [{ type: 'subscribed', messageId, topics }, ...events];
  }

  private takePositions(): object[] {
    const names = [...this.moved].filter((name) => this.subscribed.has(name) && name !== '*');
    this.moved.clear();
    return names.map((topic) => ({ topic, ...this.streams.newest(topic) }));
  }

  private apply(messages: readonly RealTimeMessage[]): RealTimeMessage[] {
    if (this.options.acknowledges === false) return [];
    for (const message of messages) {
      const id = String(message['messageId']);
      if (!this.appliedIds.has(id)) this.applied.push(message);
      this.appliedIds.add(id);
    }
    return [{ type: 'ack', messageIds: messages.map((message) => message['messageId']) }];
  }
}
