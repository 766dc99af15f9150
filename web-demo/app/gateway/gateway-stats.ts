import type { BillCounts } from './bill-description';

/** The part of `GET /stats` that this page reads. */
export interface GatewayStats {
  readonly feed: Partial<BillCounts> & {
    readonly source: string;
    readonly state: 'idle' | 'waiting' | 'running' | 'finished' | 'stopped';
    /** Everything the feed will publish in one pass. */
    readonly entries?: number;
    readonly published?: number;
    /** Messages a second: what was asked for, and what came of it. Where the feed has no pace of its own. */
    readonly rate?: number;
    readonly achievedRate?: number;
  };
  /** By bill id. */
  readonly bills: Readonly<Record<string, { readonly subscribers: number }>>;
}
