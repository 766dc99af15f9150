import type { BillCounts } from './bill-description';

/** The part of `GET /stats` that this page reads. */
export interface GatewayStats {
  readonly feed: Partial<BillCounts> & {
    readonly source: string;
    readonly state: 'idle' | 'waiting' | 'running' | 'finished' | 'stopped';
    /** Everything the feed will publish in one pass. */
    readonly entries?: number;
    readonly published?: number;
  };
  /** By bill id. */
  readonly bills: Readonly<Record<string, { readonly subscribers: number }>>;
}
