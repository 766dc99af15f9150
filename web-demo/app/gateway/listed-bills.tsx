import type { ReactNode } from 'react';

import type { BillDescription } from './bill-description';
import { GatewayUnreachable } from './gateway-unreachable';
import type { BillListingQuery } from './use-bill-listing';

export interface ListedBillsProps {
  readonly query: BillListingQuery;
  readonly children: (bills: readonly BillDescription[]) => ReactNode;
}

/** What needs the list of bills, or what there is instead while it is not known. */
export function ListedBills({ query: { state, reload }, children }: ListedBillsProps) {
  if (state.phase === 'unreachable') {
    return <GatewayUnreachable reason={state.reason} onRetry={reload} />;
  }
  if (state.phase === 'loading') return <p aria-busy="true">Loading bills…</p>;
  return children(state.listing.bills);
}
