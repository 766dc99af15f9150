import type { RealTimeMessage } from '../types.js';

export interface StreamPosition {
  readonly epoch: string;
  readonly seq: number;
}

interface Stream {
  readonly events: RealTimeMessage[];
  seq: number;
}

const ofBill = (message: RealTimeMessage): string => `bill:${idOf(message)}`;
const ofDiscussion = (message: RealTimeMessage): string => `discussion:${idOf(message)}`;

/** The stream of every type of event; those without a sequence nobody needs later. */
const streams: Readonly<
  Record<string, { topic: (message: RealTimeMessage) => string; isCounted?: false }>
> = {
  bill_update: { topic: ofBill },
  engagement_metrics: { topic: ofBill },
  community_update: { topic: ofDiscussion },
  comment_update: { topic: ofDiscussion },
  vote_update: { topic: ofDiscussion },
  typing_indicator: { topic: ofDiscussion, isCounted: false },
  presence_update: { topic: ofDiscussion, isCounted: false },
  expert_activity: { topic: () => 'expert:updates' },
  moderation_event: { topic: () => 'moderation:events' },
  notification: { topic: () => 'user_notifications' },
  notification_read: { topic: () => 'user_notifications' },
  notification_clear: { topic: () => 'user_notifications' },
};

/** What a topic's events come on: see docs/protocol.md, "Streams and positions". */
export function streamOf(topic: string): string {
  if (topic.startsWith('community:')) return topic.replace('community:', 'discussion:');
  return topic.startsWith('expert:') ? 'expert:updates' : topic;
}

/** The events of a server of dialect v2, counted and kept for whoever comes back. */
export class FakeStreams {
  private readonly byName = new Map<string, Stream>();
  private epochs = 1;

  /** `length`: the events of each stream that are kept. */
  constructor(private readonly length: number) {}

  get epoch(): string {
    return `epoch-${this.epochs}`;
  }

  /** Everything begins anew, as when a server starts again. */
  lose(): void {
    ++this.epochs;
    this.byName.clear();
  }

  /** The event as it goes on the wire; one that belongs to no stream, or says its place itself, stays as it is. */
  publish(message: RealTimeMessage): RealTimeMessage {
    const kind = streams[message.type];
    const given = message['topic'];
    const name = typeof given === 'string' ? streamOf(given) : kind?.topic(message);
    if (name === undefined) return message;
    if (kind?.isCounted === false || 'seq' in message) return { ...message, topic: name };
    const stream = this.stream(name);
    const event = { ...message, topic: name, epoch: this.epoch, seq: ++stream.seq };
    stream.events.push(event);
    if (stream.events.length > this.length) stream.events.shift();
    return event;
  }

  newest(name: string): StreamPosition {
    return { epoch: this.epoch, seq: this.stream(name).seq };
  }

  /** From where events follow for whoever has come to `since`; without it, from here on. */
  startFor(name: string, since: StreamPosition | undefined): { seq: number; isComplete: boolean } {
    const { seq, events } = this.stream(name);
    if (since === undefined) return { seq, isComplete: false };
    const oldest = seq - events.length;
    const isComplete = since.epoch === this.epoch && since.seq >= oldest && since.seq <= seq;
    return { seq: isComplete ? since.seq : oldest, isComplete };
  }

  after(name: string, seq: number): RealTimeMessage[] {
    return this.stream(name).events.filter((event) => (event['seq'] as number) > seq);
  }

  private stream(name: string): Stream {
    let stream = this.byName.get(name);
    if (stream === undefined) {
      stream = { events: [], seq: 0 };
      this.byName.set(name, stream);
    }
    return stream;
  }
}

function idOf(message: RealTimeMessage): string {
  const data = message['data'] as Record<string, unknown> | undefined;
  const id = message['bill_id'] ?? message['billId'] ?? data?.['bill_id'] ?? data?.['billId'];
  const other = message['discussion_id'] ?? message['discussionId'];
  return String(id ?? other);
}
