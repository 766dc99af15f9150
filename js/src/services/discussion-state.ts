import { CellKind } from '../engine/abi.js';
import type { ListCell, ListRecords, ValueCell, CellValues } from '../engine/cell-records.js';
import type { ReadModel } from '../engine/client.js';
import type { TypingIndicator } from '../types.js';
import { communityTopic, discussionTopic } from './discussion-id.js';
import { allOf, cellReadable, partOf, type Readable } from './readable.js';

const nothing: readonly never[] = Object.freeze([]);

/**
 * Reads what the engine knows of discussions. A discussion's state is at its topic `discussion:ID`, or at
 * `community:ID` when only that is subscribed.
 */
export class DiscussionState {
  constructor(private readonly readModel: () => ReadModel | undefined) {}

  /** Oldest first. */
  list<Kind extends ListCell>(bill: number, cell: Kind): readonly ListRecords[Kind][] {
    return this.readModel()?.list(this.topicOf(bill, cell), cell) ?? nothing;
  }

  value<Kind extends ValueCell>(bill: number, cell: Kind): CellValues[Kind] | null {
    return this.readModel()?.value(this.topicOf(bill, cell), cell) ?? null;
  }

  /** Those who type under one comment, or in the group `root`; the same array as long as nothing changed. */
  typing(bill: number, group: string): readonly TypingIndicator[] {
    const groups = this.value(bill, CellKind.typing);
    return groups !== null && Object.hasOwn(groups, group) ? (groups[group] ?? nothing) : nothing;
  }

  readable(bill: number, cell: CellKind): Readable {
    const readModel = this.readModel();
    return allOf([
      cellReadable(readModel, discussionTopic(bill), cell),
      cellReadable(readModel, communityTopic(bill), cell),
    ]);
  }

  typingReadable(bill: number, group: string): Readable {
    return partOf(this.readable(bill, CellKind.typing), () => this.typing(bill, group));
  }

  private topicOf(bill: number, cell: CellKind): string {
    const topic = discussionTopic(bill);
    return this.readModel()?.version(topic, cell) === 0 ? communityTopic(bill) : topic;
  }
}
