/** Holds what a page was told of its topics against what the gateway published. */

import type { LoggedEvent } from '../../../web-demo/gateway/logging/event-log.js';
import type { Told, ToldGap } from '../pages/delivery/main.js';

export interface Delivery {
  /** Events the page was told of. */
  readonly told: number;
  /** Events that a gap told to be lost. */
  readonly lost: number;
  /** Those of them that are of the epoch the page went on with. */
  readonly lostOfNewEpoch: number;
  /** Gaps with and without a replay that brought everything. */
  readonly recoveredGaps: number;
  readonly lossyGaps: number;
  /** What the page was told, as it was published, by topic. */
  readonly messages: ReadonlyMap<string, readonly Record<string, unknown>[]>;
}

/** Said by the gateway of an event's place; not part of what was published. */
const ofThePlace = new Set(['topic', 'epoch', 'seq', 'previous', 'history']);

/**
 * Throws unless every published event was told once and in order, from the first to the last, or is covered by exactly
 * one gap. `log` has the events of all the gateway's lives in order; those without a number had not to come.
 */
export function checkDelivery(log: readonly LoggedEvent[], account: readonly Told[]): Delivery {
  const lasting = log.filter(({ seq }) => seq !== null);
  const topics = new Set([
    ...lasting.map(({ topic }) => topic),
    ...account.map(({ topic }) => topic),
  ]);
  const total = { told: 0, lost: 0, lostOfNewEpoch: 0, recoveredGaps: 0, lossyGaps: 0 };
  const messages = new Map<string, Record<string, unknown>[]>();
  for (const topic of topics) {
    const walk = new Walk(
      topic,
      lasting.filter((event) => event.topic === topic),
    );
    for (const told of account) if (told.topic === topic) walk.take(told);
    walk.end();
    messages.set(topic, walk.messages);
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += walk[name];
  }
  return { ...total, messages };
}

/** Goes along one topic's published events as the page was told of them. */
class Walk {
  told = 0;
  lost = 0;
  lostOfNewEpoch = 0;
  recoveredGaps = 0;
  lossyGaps = 0;
  readonly messages: Record<string, unknown>[] = [];
  /** How many published events are accounted for. */
  private next = 0;
  /** Gaps that were told since the last event: several only if the epoch changed several times. */
  private pending: ToldGap[] = [];
  private readonly filled: ToldGap[] = [];
  private readonly places = new Map<string, number>();
  private readonly toldPlaces = new Set<string>();

  constructor(
    private readonly topic: string,
    private readonly log: readonly LoggedEvent[],
  ) {
    log.forEach(({ epoch, seq }, index) => this.places.set(placeOf(epoch, seq), index));
    if (this.places.size !== log.length) this.fail('has two events with one number');
  }

  take(told: Told): void {
    if ('gap' in told) this.takeGap(told.gap);
    else this.takeEvent(told.epoch, told.seq, told.text);
  }

  end(): void {
    if (this.next < this.log.length)
      this.fail(
        `was published and never told from ${this.at(this.next)} to ${this.at(this.log.length - 1)}`,
      );
    if (this.pending.length > 0) this.fail('ends with a gap');
    for (const { epoch, from, to } of this.filled)
      for (let seq = from; seq <= Number(to); ++seq)
        if (this.places.has(placeOf(epoch, seq)) && !this.toldPlaces.has(placeOf(epoch, seq)))
          this.fail(`was to have recovered ${placeOf(epoch, seq)}`);
  }

  private takeGap(gap: ToldGap): void {
    if (gap.recovered) {
      if (gap.to === null) this.fail(`recovered nobody knows what: ${JSON.stringify(gap)}`);
      this.recoveredGaps += 1;
      this.filled.push(gap);
      return;
    }
    this.lossyGaps += 1;
    if (this.pending.at(-1)?.epoch === gap.epoch)
      this.fail(`has two gaps for one hole before ${this.at(this.next)}: ${JSON.stringify(gap)}`);
    this.pending.push(gap);
  }

  private takeEvent(epoch: string, seq: number, text: string): void {
    const place = placeOf(epoch, seq);
    const index = this.places.get(place);
    if (index === undefined) this.fail(`told ${place}, which was not published`);
    const found = index as number;
    if (found < this.next) this.fail(`told ${place} again, or after ${this.at(this.next - 1)}`);
    if (found > this.next || this.pending.length > 0) this.skipTo(found);
    const published = this.log[found]?.message ?? {};
    if (contentOf(JSON.parse(text) as object) !== contentOf(published))
      this.fail(`told ${place} as ${text}, published as ${JSON.stringify(published)}`);
    this.next = found + 1;
    this.told += 1;
    this.toldPlaces.add(place);
    this.messages.push(published);
  }

  /** What lies between is lost, which the pending gap has to say. */
  private skipTo(index: number): void {
    const [first, last] = [this.pending[0], this.pending.at(-1)];
    const before = this.log[this.next - 1];
    const found = this.log[index];
    const skipped = this.log.slice(this.next, index);
    if (first === undefined || last === undefined) {
      this.fail(`lost ${this.at(this.next)} to ${this.at(index - 1)} without a gap`);
      return;
    }
    const gaps = JSON.stringify(this.pending);
    if (before !== undefined && first.from !== Number(before.seq) + 1)
      this.fail(`went on after ${this.at(this.next - 1)} with ${gaps}`);
    if (last.epoch !== found?.epoch) this.fail(`went on with ${this.at(index)} after ${gaps}`);
    // An end is known of a gap within an epoch only, and then it covers exactly what is missing.
    if (first.to === null) {
      if (before !== undefined && before.epoch === found?.epoch)
        this.fail(`has no end of a gap before ${this.at(index)}: ${gaps}`);
    } else {
      const [from, to] = [first.from, first.to];
      const isCovered = (event: LoggedEvent): boolean =>
        event.epoch === first.epoch && Number(event.seq) >= from && Number(event.seq) <= to;
      if (this.pending.length > 1 || !skipped.every(isCovered) || to >= Number(found?.seq))
        this.fail(`has a gap that is not what is missing before ${this.at(index)}: ${gaps}`);
    }
    this.lost += skipped.length;
    if (first.to === null)
      this.lostOfNewEpoch += skipped.filter((event) => event.epoch === last.epoch).length;
    this.pending = [];
  }

  private at(index: number): string {
    const event = this.log[index];
    return event === undefined ? 'nothing' : placeOf(event.epoch, event.seq);
  }

  private fail(what: string): void {
    throw new Error(`${this.topic} ${what}`);
  }
}

function placeOf(epoch: string | null, seq: number | null): string {
  return `${String(epoch)} ${String(seq)}`;
}

function contentOf(message: object): string {
  const members = Object.entries(message).filter(([name]) => !ofThePlace.has(name));
  return JSON.stringify(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}
