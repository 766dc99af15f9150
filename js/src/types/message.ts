/** An ISO 8601 string or milliseconds since the Unix epoch, as the server sent it. */
export type Timestamp = string | number;

/** An id as the server wrote it. */
export type ServerId = string | number;

/** The fields a server sent beside those that are named. */
export type MessageData = Readonly<Record<string, unknown>>;

/** A message of the protocol as it crosses the wire. */
export interface RealTimeMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A hole in a topic's messages, told once, when it has ended. Only servers of dialect v2 let it be seen. */
export interface Gap {
  /** The stream: what the server calls the topic. `community:5` is a view of `discussion:5`, `expert:7` of `expert:updates`. */
  readonly topic: string;
  /** The server's count, which begins anew when it has lost what it knew. */
  readonly epoch: string;
  /** The first message that was missing. */
  readonly from: number;
  /** The last; null when the server cannot know how many there were. */
  readonly to: number | null;
  /** A replay brought them all, late but in order. When false they are lost, and what is shown may want loading anew. */
  readonly recovered: boolean;
}

/** How `send` treats a message that has to wait. */
export interface SendOptions {
  /**
   * Milliseconds in which it must be acknowledged; an hour unless said otherwise. Once it has left, nine minutes at most:
   * servers remember for ten what took effect, and sent later it could take effect twice.
   */
  readonly expiresInMs?: number;
  /**
   * When as many messages wait as may: `reject`, unless said otherwise, refuses this one; `dropOldest` gives up the
   * oldest that was sent with `dropOldest`, too.
   */
  readonly whenFull?: 'reject' | 'dropOldest';
  /** Takes the place of the message with the same key that was not sent yet. */
  readonly key?: string;
}
