/**
 * A page that follows the rules of dialect v2 as `docs/protocol.md` tells them: it knows a position in every
 * stream, notices holes, asks again from where it stands, and keeps what it has taken over all its connections.
 */

import { connect } from './fixture.js';
import type { Message, TestClient } from './test-client.js';
import { unpacked } from './test-client.js';

export interface Position {
  epoch: string;
  seq: number;
}

/** What is lost, the first and the last number included. */
export interface Gap {
  epoch: string;
  from: number;
  to: number | null;
}

/** What the page knows of one stream. */
export class Stream {
  position: Position | null = null;
  /** Where it was first told that the stream starts. */
  begin: Position | null = null;
  filters: Message | undefined;
  isSubscribed = false;
  /** Nothing is taken until the newest of these is answered. */
  awaits: string | null = null;
  readonly taken: Message[] = [];
  readonly gaps: Gap[] = [];
  duplicates = 0;
  holes = 0;
}

export class Page {
  readonly streams = new Map<string, Stream>();
  client: TestClient | null = null;
  /** What the server said and must not say. */
  readonly faults: string[] = [];
  #nextId = 1;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly compression: string[] = [],
  ) {}

  of(topic: string): Stream {
    let stream = this.streams.get(topic);
    if (stream === undefined) this.streams.set(topic, (stream = new Stream()));
    return stream;
  }

  /** Connects, greets, and asks for its streams from where it stands, all at once. */
  async connect(): Promise<void> {
    const client = await connect(this.url, { protocols: ['civic-engagement-v2'] });
    this.client = client;
    client.onMessage = (message) => {
      if (this.client === client) for (const one of unpacked(message)) this.#receive(one);
    };
    const data = { client: this.name, compression: this.compression };
    client.send({ type: 'hello', messageId: 'hello', data });
    this.#ask([...this.streams].filter(([, { isSubscribed }]) => isSubscribed));
  }

  /** Loses the connection, with whatever is under way. */
  drop(): void {
    this.client?.terminate();
    this.client = null;
    for (const stream of this.streams.values()) stream.awaits = null;
  }

  subscribe(topics: string[], filters?: Message): void {
    for (const topic of topics) {
      const stream = this.of(topic);
      // A position says nothing about what other filters left out.
      if (JSON.stringify(stream.filters) !== JSON.stringify(filters) && stream.position !== null)
        continue;
      stream.filters = filters;
      stream.isSubscribed = true;
    }
    this.#ask(topics.map((topic) => [topic, this.of(topic)]));
  }

  unsubscribe(topics: string[]): void {
    for (const topic of topics) this.of(topic).isSubscribed = false;
    this.client?.send({ type: 'unsubscribe', messageId: this.#id(), topics });
  }

  /** Settles when nothing is asked that is not answered, and a pong has shown nothing to be missing. */
  async settled(): Promise<void> {
    const { client } = this;
    if (client === null) return;
    const isAnswered = (): boolean =>
      [...this.streams.values()].every(({ awaits }) => awaits === null);
    for (;;) {
      await client.until(isAnswered);
      await client.settled();
      if (isAnswered()) return;
    }
  }

  #ask(streams: [string, Stream][]): void {
    if (this.client === null || streams.length === 0) return;
    const messageId = this.#id();
    for (const [, stream] of streams) stream.awaits = messageId;
    const topics = streams.map(([topic, { position, filters }]) => ({
      topic,
      ...(position === null ? {} : { since: position }),
      ...(filters === undefined ? {} : { filters }),
    }));
    this.client.send({ type: 'subscribe', messageId, topics });
  }

  #receive(message: Message): void {
    if (message.type === 'subscribed') this.#subscribed(message);
    else if (message.type === 'pong') this.#compare(message.positions as (Position & Message)[]);
    else if (message.type === 'gap') this.#gap(message);
    else if (typeof message.seq === 'number') this.#event(message);
  }

  #subscribed({ messageId, topics }: Message): void {
    for (const { topic, epoch, start, recovered, error } of topics as Message[]) {
      if (error !== undefined) this.faults.push(error as string);
      const stream = this.of(topic as string);
      if (stream.awaits !== messageId) continue;
      stream.awaits = null;
      const before = stream.position;
      stream.begin ??= { epoch, seq: start };
      if (recovered && before?.seq !== start) this.faults.push('recovered from somewhere else');
      if (before !== null && !recovered)
        stream.gaps.push({
          epoch: before.epoch,
          from: before.seq + 1,
          to: before.epoch === epoch ? start : null,
        });
      stream.position = { epoch, seq: start };
    }
  }

  #event(message: Message): void {
    const { topic, epoch, seq } = message as Message & Position;
    const stream = this.of(topic as string);
    const { position } = stream;
    if (!stream.isSubscribed || stream.awaits !== null || position === null) return;
    const previous = (message.previous as number | undefined) ?? seq - 1;
    if (epoch !== position.epoch || previous > position.seq) this.#hole(topic as string, stream);
    else if (seq <= position.seq) stream.duplicates += 1;
    else {
      stream.taken.push(message);
      stream.position = { epoch, seq };
    }
  }

  #compare(positions: (Position & Message)[]): void {
    for (const { topic, epoch, seq } of positions) {
      const stream = this.of(topic as string);
      const { position } = stream;
      if (!stream.isSubscribed || stream.awaits !== null || position === null) continue;
      if (epoch !== position.epoch || seq > position.seq) this.#hole(topic as string, stream);
    }
  }

  #gap({ topic, epoch, from, to }: Message): void {
    const stream = this.of(topic as string);
    const { position } = stream;
    if (!stream.isSubscribed || stream.awaits !== null || position === null) return;
    if (position.epoch !== epoch || position.seq + 1 !== from)
      this.faults.push(`a gap from ${from}, but the page stands at ${position.seq}`);
    stream.gaps.push({ epoch, from, to });
    stream.position = { epoch, seq: to };
  }

  #hole(topic: string, stream: Stream): void {
    stream.holes += 1;
    this.#ask([[topic, stream]]);
  }

  #id(): string {
    return `page-${this.#nextId++}`;
  }
}
