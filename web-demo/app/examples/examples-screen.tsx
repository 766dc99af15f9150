import { GatewayUnreachable } from '../gateway/gateway-unreachable';
import type { BillListingQuery } from '../gateway/use-bill-listing';
import { BillTrackingExample } from './bill-tracking-example';
import { DirectServiceExample } from './direct-service-example';
import styles from './examples-screen.module.css';

/** The examples of the package's documentation, running. */
export function ExamplesScreen({ query: { state, reload } }: { query: BillListingQuery }) {
  if (state.phase === 'unreachable') {
    return <GatewayUnreachable reason={state.reason} onRetry={reload} />;
  }
  if (state.phase === 'loading') return <p aria-busy="true">Loading bills…</p>;
  return (
    <div className={styles.screen}>
      <BillTrackingExample bills={state.listing.bills} />
      <DirectServiceExample />
    </div>
  );
}
