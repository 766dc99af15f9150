import { topicFigureNames, type TopicFigureName } from '../engine/abi.js';

/** What the engine counted for one topic of this page. */
export type TopicFigures = Readonly<Record<TopicFigureName, number>>;

/** What the engine says when it is asked, beside the counters that every bundle carries. */
export interface EngineFigures {
  /** Milliseconds since the Unix epoch. */
  readonly countedAt: number;
  /** Memory of the place the engine runs in: all of its WebAssembly memory. */
  readonly hostBytes: number;
  /** The newest round trips, oldest first. */
  readonly roundTripsMs: readonly number[];
  /** By topic. */
  readonly topics: ReadonlyMap<string, TopicFigures>;
}

/** `text` is JSON as the engine writes it; `topicName` knows the topics that are open on this page. */
export function readFigures(
  text: string,
  topicName: (key: number) => string | undefined,
): EngineFigures {
  const { topics, ...figures } = JSON.parse(text) as Omit<EngineFigures, 'topics'> & {
    topics: number[][];
  };
  const byTopic = new Map<string, TopicFigures>();
  for (const row of topics) {
    const named = Object.fromEntries(
      topicFigureNames.map((name, index) => [name, row[index] ?? 0]),
    ) as TopicFigures;
    const topic = topicName(named.key);
    if (topic !== undefined) byTopic.set(topic, named);
  }
  return { ...figures, topics: byTopic };
}
