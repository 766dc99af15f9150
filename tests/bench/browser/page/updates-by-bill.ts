import { updateOf, type BillMessage } from './bill-rings.js';
import type { Subject, Update } from './subject.js';

/** What a component keeps in `useState`: never changed, always made anew. */
export interface BillsState {
  readonly received: number;
  readonly byBill: ReadonlyMap<number, readonly Update[]>;
}

export const noBills: BillsState = { received: 0, byBill: new Map() };

export const noUpdates: readonly Update[] = [];

const kept = 50;

export function withUpdate({ received, byBill }: BillsState, message: BillMessage): BillsState {
  const before = byBill.get(message.bill_id) ?? noUpdates;
  const updates = [...before.slice(1 - kept), updateOf(message)];
  return { received: received + 1, byBill: new Map(byBill).set(message.bill_id, updates) };
}

/** The committed state of a component, as a subject. */
export class CommittedBills implements Subject {
  private state = noBills;

  readonly commit = (state: BillsState): void => {
    this.state = state;
  };

  received(): number {
    return this.state.received;
  }

  updates(bill: number): readonly Update[] {
    return this.state.byBill.get(bill) ?? noUpdates;
  }
}
