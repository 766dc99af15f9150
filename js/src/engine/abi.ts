// The boundary to the engine, mirrored from core/include/civic/engine/{bundle_format,event_kind,topic_figures}.h,
// telemetry/counters.h and session/token.h.
// tests/wasm/abi.test.ts compares the numbers with those the engine exports.

export const bundleMagic = 0x31425643; // "CVB1", little endian
export const headerWords = 16;
export const entryWords = 8;

/** So many tokens, the one in use among them, are kept out of what is shown. */
export const rememberedTokens = 9;

/** Offsets into the bundle's header, in words of four bytes. */
export const HeaderWord = {
  magic: 0,
  byteLength: 1,
  entryCount: 2,
  entriesOffset: 3,
  countersOffset: 4,
  counterCount: 5,
  page: 6,
  /** A double in words 8 and 9. */
  now: 8,
} as const;

/** Offsets into one entry, in words. */
export const EntryWord = {
  kind: 0,
  key: 1,
  a: 2,
  b: 3,
  count: 4,
  textOffset: 5,
  textLength: 6,
  extra: 7,
} as const;

export const EntryKind = {
  topicOpened: 1,
  topicClosed: 2,
  cellChanged: 3,
  connection: 4,
  event: 5,
  delivery: 6,
  commandResult: 7,
  error: 8,
  tokenWanted: 9,
  guarantee: 10,
  figures: 11,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

/** The readable things of a topic; what is in them says `CellRecords` of cell-records.ts. */
export const CellKind = {
  billUpdates: 1,
  billEngagement: 2,
  comments: 3,
  votes: 4,
  typing: 5,
  presence: 6,
  activity: 7,
  notifications: 8,
  notificationCounts: 9,
  billAnalytics: 10,
  movers: 11,
  outbox: 12,
} as const;
export type CellKind = (typeof CellKind)[keyof typeof CellKind];

/** What a page can listen to; bit n of the `listen` mask asks for kind n. */
export const EventKind = {
  message: 1,
  billUpdate: 2,
  engagementUpdate: 3,
  communityUpdate: 4,
  typingIndicator: 5,
  commentUpdate: 6,
  voteUpdate: 7,
  expertActivity: 8,
  moderationEvent: 9,
  notification: 10,
  gap: 11,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Counters in the order in which every bundle carries them. */
export const counterNames = [
  'framesReceived',
  'bytesReceived',
  'messagesReceived',
  'messagesSent',
  'bytesSent',
  'malformedFrames',
  'oversizedFrames',
  'invalidMessages',
  'unknownMessages',
  'unroutedMessages',
  'recordsStored',
  'recordsConflated',
  'recordsRefused',
  'topicsEvicted',
  'eventsQueued',
  'eventsDropped',
  'bundlesDrained',
  'bytesDrained',
  'topicsActive',
  'subscriptionsActive',
  'cacheBytes',
  'reconnects',
  'pingsSent',
  'roundTripMs',
  'serverErrors',
  'notificationsDropped',
  'billsNotAnalysed',
  'duplicatesDropped',
  'eventsAwaited',
  'gaps',
  'gapsRecovered',
  'streamsResumed',
  'resyncs',
  'messagesAcknowledged',
  'messagesResent',
  'outboxMessages',
  'outboxBytes',
  'backlogBytes',
  'deflatedFramesSent',
  'deflatedBytesSent',
  'deflatedTextBytesSent',
  'deflatedFramesReceived',
  'deflatedBytesReceived',
  'deflatedTextBytesReceived',
] as const;
export type CounterName = (typeof counterNames)[number];

/** What the figures say of each topic, in the order in which they say it; see topic_figures.h. */
export const topicFigureNames = [
  'key',
  'messages',
  'bytes',
  'conflated',
  'dropped',
  'duplicates',
  'gaps',
  'recovered',
  'cacheBytes',
  'lastMessageAt',
] as const;
export type TopicFigureName = (typeof topicFigureNames)[number];

/** What a page can do to its notifications. The server is not told. */
export type NotificationChange = 'read' | 'readAll' | 'remove' | 'clear' | 'clearRead';

/**
 * Commands a page gives its engine. Ids (`subscription`, `command`, `request`) are chosen by the page, positive and
 * never used again; strings are UTF-16 as JavaScript has them.
 */
export interface EngineCommands {
  connect: [token: string];
  disconnect: [];
  /** `options` is JSON: `{filters?: Record<string, scalar | scalar[]>, priority?: 'high'|'medium'|'low', deliver?: boolean}`. */
  subscribe: [subscription: number, topic: string, options: string];
  unsubscribe: [subscription: number];
  /**
   * Sends one protocol message, or keeps it until there is a connection; answered by exactly one command result.
   * `options` is JSON: `{expiresInMs?: number, whenFull?: 'reject' | 'dropOldest', key?: string}`, or empty.
   */
  send: [command: number, message: string, options: string];
  /** The cell `outbox` of the topic `local:outbox` as an earlier visit read it. */
  restoreOutbox: [messages: string];
  /** Which kinds of events somebody on this page listens to. */
  listen: [eventMask: number];
  setVisible: [visible: boolean];
  setOnline: [online: boolean];
  /** The page or machine woke up: look after the connection now. */
  resumed: [];
  /** `token` empty: there is none. */
  provideToken: [request: number, token: string];
  /** Handles a message as if the server had sent it. */
  inject: [message: string];
  /** A keystroke of this user. Sent at most once per timeout; stops itself. `parent` empty: the discussion itself. */
  startTyping: [bill: string, parent: string];
  stopTyping: [bill: string, parent: string];
  /** `id` empty where the change is about no single notification. */
  changeNotifications: [change: NotificationChange, id: string];
  /** A JSON array of notifications an earlier visit kept; merged by id, without events. */
  restoreNotifications: [notifications: string];
  /** Asks for the figures that no other bundle has; answered by exactly one entry `figures`. */
  reportFigures: [];
}
export type EngineCommandName = keyof EngineCommands;
export type EngineCommand = {
  [Name in EngineCommandName]: [name: Name, ...args: EngineCommands[Name]];
}[EngineCommandName];
