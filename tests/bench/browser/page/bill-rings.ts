import type { Update } from './subject.js';

const kept = 50;

/** A bill update as servers send it. */
export interface BillMessage {
  readonly type: string;
  readonly bill_id: number;
  readonly update: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  readonly timestamp: string;
}

export function updateOf({ bill_id, update, timestamp }: BillMessage): Update {
  return { type: update.type, data: { billId: bill_id, ...update.data }, timestamp };
}

/** The newest 50 of every bill. */
export class Rings<Item> {
  private readonly byBill = new Map<number, { newest: Item[]; shown: readonly Item[] | null }>();
  received = 0;

  add(bill: number, item: Item): void {
    this.received += 1;
    let ring = this.byBill.get(bill);
    if (ring === undefined) this.byBill.set(bill, (ring = { newest: [], shown: null }));
    ring.newest.push(item);
    if (ring.newest.length > kept) ring.newest.shift();
    ring.shown = null;
  }

  /** Oldest first; a new array only when something was added. */
  of(bill: number): readonly Item[] {
    const ring = this.byBill.get(bill);
    if (ring === undefined) return none;
    return (ring.shown ??= [...ring.newest]);
  }
}

const none: readonly never[] = [];

/** Calls `take` for a bill update, or for each one in a batch. */
export function eachUpdate(message: unknown, take: (message: BillMessage) => void): void {
  const { type, messages } = message as { type: string; messages?: readonly BillMessage[] };
  if (type === 'bill_update') take(message as BillMessage);
  else if (type === 'batch') messages?.forEach(take);
}
