// @vitest-environment node
// The read model against the simplest thing that could be right: every topic's records in a Map.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellKind } from '../../../js/src/engine/abi.js';
import { BundleReadModel } from '../../../js/src/read-model/read-model.js';
import { BundleWriter } from './support/bundle-writer.js';
import { silentSink } from './support/silent-sink.js';

const topicCount = 5;
const limit = 6;

const change = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      topic: fc.nat(topicCount - 1),
      added: fc.nat(limit + 2),
      dropped: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ topic: fc.nat(topicCount - 1), engagement: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ topic: fc.nat(topicCount - 1), close: fc.constant(true) }) },
);
const step = fc.record({
  changes: fc.array(change, { maxLength: 8 }),
  read: fc.subarray([0, 1, 2, 3, 4]),
});

interface Reference {
  handle: number;
  /** Whether a bundle has said anything of its updates. */
  isKnown: boolean;
  updates: object[];
  engagement: object | null;
}

/** The engine's side: what a page that applied all bundles must see. */
class ReferenceEngine {
  readonly open = new Map<number, Reference>();
  private readonly freeHandles = [5, 4, 3, 2, 1];
  private lastRecord = 0;

  write(
    writer: BundleWriter,
    changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
  ): Set<string> {
    const changed = new Set<string>();
    for (const action of changes) {
      if ('close' in action) {
        const topic = this.open.get(action.topic);
        if (topic === undefined) continue;
        writer.closed(topic.handle);
        this.freeHandles.push(topic.handle);
        this.open.delete(action.topic);
        if (topic.isKnown) changed.add(`updates ${action.topic}`);
        continue;
      }
      const topic = this.openTopic(writer, action.topic);
      if ('engagement' in action) {
        topic.engagement = { bill_id: action.topic, viewCount: action.engagement };
        writer.engagement(topic.handle, topic.engagement);
        continue;
      }
      const added = Array.from({ length: action.added }, () => this.record(action.topic)).slice(
        -limit,
      );
      const kept = Math.max(
        0,
        Math.min(topic.updates.length - action.dropped, limit - added.length),
      );
      topic.updates = [...topic.updates.slice(topic.updates.length - kept), ...added];
      topic.isKnown = true;
      writer.updates(topic.handle, kept, added);
      changed.add(`updates ${action.topic}`);
    }
    return changed;
  }

  private openTopic(writer: BundleWriter, name: number): Reference {
    let topic = this.open.get(name);
    if (topic === undefined) {
      topic = {
        handle: this.freeHandles.pop() as number,
        isKnown: false,
        updates: [],
        engagement: null,
      };
      this.open.set(name, topic);
      writer.opened(topic.handle, `bill:${name}`);
    }
    return topic;
  }

  private record(topic: number): object {
    const n = ++this.lastRecord;
    return { type: 'ä“n”'.repeat(n % 3), data: { billId: topic, n }, timestamp: n };
  }
}

describe('the read model, after any bundles and any reads in between', () => {
  it('shows what a plain Map shows, keeps objects, and tells exactly who must know', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const engine = new ReferenceEngine();
        const model = new BundleReadModel({
          onListenerError: (error) => {
            throw error as Error;
          },
          rawLog: { floorBytes: 900 },
        });
        const calls: string[] = [];
        const objects = new Map<string, unknown>();
        const contents = new Map<string, string>();
        for (let topic = 0; topic < topicCount; ++topic) {
          model.watch(`bill:${topic}`, CellKind.billUpdates, () => calls.push(`updates ${topic}`));
        }
        for (const { changes, read } of steps) {
          const writer = new BundleWriter();
          const changed = engine.write(writer, changes);
          calls.length = 0;
          model.apply(writer.bundle(), silentSink);
          expect(calls.sort()).toEqual([...changed].sort());
          for (const topic of read) {
            const name = `bill:${topic}`;
            const updates = model.list(name, CellKind.billUpdates);
            const expected = engine.open.get(topic);
            expect(updates).toEqual(expected?.updates ?? []);
            expect(model.list(name, CellKind.billUpdates)).toBe(updates);
            expect(model.value(name, CellKind.billEngagement)).toEqual(
              expected?.engagement ?? null,
            );
            const version = `${name} ${model.version(name, CellKind.billUpdates)}`;
            const content = JSON.stringify(updates);
            expect(contents.get(version) ?? content).toBe(content);
            contents.set(version, content);
            for (const record of updates) {
              const key = `${name} ${String(record.timestamp)}`;
              const known = objects.get(key);
              if (known !== undefined) expect(record).toBe(known);
              objects.set(key, record);
            }
          }
        }
        for (let topic = 0; topic < topicCount; ++topic) {
          expect(model.list(`bill:${topic}`, CellKind.billUpdates)).toEqual(
            engine.open.get(topic)?.updates ?? [],
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
