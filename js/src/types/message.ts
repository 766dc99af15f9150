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

/** A hole in a topic's messages that the server could not fill. Both ends are inclusive. */
export interface Gap {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
}
