/** A bill as `GET /bills` lists it. */
export interface BillDescription {
  readonly id: number;
  /** What people call it, such as `H.R. 22`. */
  readonly number: string;
  readonly title: string;
  readonly source: FeedSource | 'published';
  /** The newest status, null before the first. */
  readonly status: string | null;
  readonly sponsor?: string;
  readonly committee?: string;
  /** A date, YYYY-MM-DD. */
  readonly introduced?: string;
  readonly congress?: number;
  /** How many of each the bill's file holds, where it comes from a file. */
  readonly counts?: BillCounts;
}

export interface BillCounts {
  readonly actions: number;
  readonly amendments: number;
  readonly votes: number;
}

/** Where the gateway's news come from: made up, the history of real bills, or nowhere by itself. */
export type FeedSource = 'synthetic' | 'billstatus' | 'none';

/** What `GET /bills` answers. */
export interface BillListing {
  readonly source: FeedSource;
  readonly bills: readonly BillDescription[];
}
