/**
 * The seam to whatever keeps events and spreads them: streams with positions, in memory
 * (`memory-bus.js`) or in a broker that several gateways share. All state of streams is behind it;
 * a connection only remembers what it was sent.
 *
 * A **stream** is the events of one topic, in order. Its numbers grow and may have holes. An
 * **audience** is a user's id: an event with an audience is for that user only, and is numbered
 * together with those for everybody (`null`). An event's topic is `event.topic`; its audience is
 * `event.userId`; other processes get it as `event.message`, which `readPublished` reads back into the
 * same event. Events that are not `event.isLasting` are spread, and neither numbered nor kept.
 *
 * Everything that may wait answers with the value or with a promise of it; whoever calls handles both.
 * What cannot be done now and can be later rejects with `BusUnavailable`.
 *
 * @typedef {object} Bus
 * @property {(services: BusServices) => void} [start] Called once, before anything but `receive` and its
 *   like. Whatever the bus needs may be away: it says so in the log, and goes on trying.
 * @property {string | null} [outage] Why nothing can be read or stored, in words for people; null when it can.
 * @property {(outage: string | null) => void} [outageChanged] Set once; called when it did.
 * @property {boolean} [isShared] True when others publish, too: what this process remembers may not be all.
 * @property {(kind: import('./documents.js').DocumentKind) => import('./documents.js').Documents} documents The same
 *   ones each time.
 * @property {(entry: import('./stream-entry.js').StreamEntry) => void} receive Set once, before anything
 *   else is called. Called for every event of every followed topic, from when `follow` has settled, in
 *   the order of the stream, none left out and none twice; and for every event published through this
 *   bus, once, whether followed or not. May be called before `publish` returns.
 * @property {(topic: string, audience: string | null) => void} [lost] Set once; called when what comes next of
 *   a followed topic may come after events that `receive` was not called for: they are in `replay`, or lost.
 * @property {(topic: string, audience: string | null) => void} [late] Set once; called when an event comes
 *   after one with a higher number.
 * @property {(entry: import('./stream-entry.js').StreamEntry) => void} [remember] Set once; called for some of the
 *   newest events that were stored before a topic was followed, oldest first, before `receive` is for what follows.
 * @property {(topic: string, count: number) => void} [present] How many follow a topic here.
 * @property {(topic: string) => number} [presentElsewhere] How many follow it at other gateways.
 * @property {(topic: string) => void} [presenceChanged] Set once; called when it did elsewhere.
 * @property {(event: import('../events/event.js').GatewayEvent, origin: string | null, messageId: string | null, after?: number) => Position | null | Promise<Position | null>} publish
 *   Settles when the event will not be lost any more; null for one that is not lasting. Events
 *   published one after the other keep their order. `origin` names the connection that caused it.
 *   An event with a `messageId` that was published before is not published again. With `after` it is
 *   published only if that is the number of its topic's newest event, and rejects with `Superseded` otherwise.
 * @property {(topic: string, audience: string | null) => void | Promise<void>} follow Somebody here wants this
 *   topic, as the audience sees it; `*` is every one. Settles when nothing published from now on is missed.
 *   Called once per topic and audience until `unfollow`; null for topics that are nobody's own.
 * @property {(topic: string, audience: string | null) => void} unfollow Nobody here wants it any more.
 * @property {(topic: string, audience: string | null, count: number, since: Position | null) => Place | Promise<Place>} locate
 *   Where a stream that is followed stands, as the audience sees it. `since` is a position that somebody claims
 *   to have: a place of its epoch does not end before it, unless the stream does.
 * @property {(topic: string, audience: string | null, after: number, limit: number) => Replay | Promise<Replay>} replay
 *   What is kept after a position, for everybody and for the audience: at most `limit` entries, and
 *   fewer only when there are no more.
 * @property {() => BusStats} stats
 * @property {() => void | Promise<void>} close
 */

/**
 * @typedef {object} BusServices
 * @property {import('../clock.js').Clock} clock
 * @property {import('../logging/logger.js').Logger} logger
 */

/**
 * @typedef {object} Position
 * @property {string} epoch At most 43 of A-Z, a-z, 0-9, - and _; changes when history was lost, and then numbers may start again.
 * @property {number} seq
 */

/**
 * @typedef {object} Place
 * @property {string} epoch
 * @property {number} seq The newest event.
 * @property {number} floor The oldest position after which everything is kept.
 * @property {number} start A position from `floor` to `seq`, after which at most `count` events are kept:
 *   as many of the newest as the bus finds without much effort.
 */

/**
 * @typedef {object} Replay
 * @property {string} epoch
 * @property {number} seq The newest event.
 * @property {number} floor As in `Place`; above `after` it says that events between are lost.
 * @property {import('./stream-entry.js').StreamEntry[]} entries Oldest first.
 */

/**
 * @typedef {object} BusStats
 * @property {string} kind
 * @property {number} streams
 * @property {number} followed Topics that somebody here wants.
 * @property {number} historyEvents
 * @property {number} historyBytes
 * @property {number} evictedEvents Left history because of its bounds.
 */

export {};
