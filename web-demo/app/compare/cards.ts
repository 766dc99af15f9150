import type { BillDescription } from '../gateway/bill-description';

/** What both receivers are asked for. */
export interface CardsProps {
  /** Bills with a card: the first of those that are followed. */
  readonly shown: readonly BillDescription[];
  readonly followed: readonly BillDescription[];
  /** Told how to ask for the number of bill updates received so far. */
  readonly onCounter: (received: () => number) => void;
}
