import { useEffect } from 'react';

import styles from './app.module.css';
import { BillsScreen } from './bills/bills-screen';
import { CompareScreen } from './compare/compare-screen';
import { ConnectionNotice } from './connection/connection-notice';
import { ExamplesScreen } from './examples/examples-screen';
import { BackgroundNews } from './experts/background-news';
import { ExpertsScreen } from './experts/experts-screen';
import type { Zone } from './format/dates';
import type { BillListing } from './gateway/bill-description';
import { ListedBills } from './gateway/listed-bills';
import { useBillListing, type BillListingQuery } from './gateway/use-bill-listing';
import { Toasts } from './notifications/toasts';
import { Footer } from './page/footer';
import { Header } from './page/header';
import { Notice } from './page/notice';
import { SkipLink } from './page/skip-link';
import { SourceBanner } from './page/source-banner';
import { useDocumentTitle } from './page/use-document-title';
import { ReplayScreen } from './replay/replay-screen';
import { billsAddress, type Route } from './routing/route';
import { useRoute } from './routing/use-route';
import { TrendingScreen } from './trending/trending-screen';

export function App() {
  const route = useRoute();
  const query = useBillListing();
  const { state } = query;
  const listing = state.phase === 'loaded' ? state.listing : null;
  useDocumentTitle(titleOf(route, listing));

  const place = window.location.hash;
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [place]);

  return (
    <>
      <SkipLink />
      <Header route={route.name} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <h1 className="visually-hidden">{titleOf(route, listing)}</h1>
        {state.phase !== 'unreachable' && <ConnectionNotice />}
        {listing !== null && <SourceBanner source={listing.source} />}
        <Screen
          route={route}
          query={query}
          zone={listing?.source === 'billstatus' ? 'washington' : 'local'}
        />
      </main>
      <Footer />
      <Toasts />
      <BackgroundNews />
    </>
  );
}

function Screen({ route, query, zone }: { route: Route; query: BillListingQuery; zone: Zone }) {
  switch (route.name) {
    case 'bills':
      return <BillsScreen query={query} zone={zone} billId={null} />;
    case 'bill':
      return <BillsScreen query={query} zone={zone} billId={route.billId} />;
    case 'examples':
      return <ListedBills query={query}>{(bills) => <ExamplesScreen bills={bills} />}</ListedBills>;
    case 'trending':
      return <ListedBills query={query}>{(bills) => <TrendingScreen bills={bills} />}</ListedBills>;
    case 'experts':
      return <ListedBills query={query}>{(bills) => <ExpertsScreen bills={bills} />}</ListedBills>;
    case 'compare':
      return <ListedBills query={query}>{(bills) => <CompareScreen bills={bills} />}</ListedBills>;
    case 'replay':
      return <ReplayScreen query={query} />;
    case 'unknown':
      return (
        <Notice
          tone="plain"
          title="There is no such page"
          actions={
            <a className="button" href={billsAddress}>
              All bills
            </a>
          }
        >
          <p>Nothing is at “{route.address}”.</p>
        </Notice>
      );
  }
}

function titleOf(route: Route, listing: BillListing | null): string {
  switch (route.name) {
    case 'bill': {
      const bill = listing?.bills.find(({ id }) => id === route.billId);
      return bill === undefined ? 'Bill · Billwatch' : `${bill.number}: ${bill.title} · Billwatch`;
    }
    case 'trending':
      return 'Trending · Billwatch';
    case 'experts':
      return 'Experts · Billwatch';
    case 'compare':
      return 'Compare · Billwatch';
    case 'examples':
      return 'Examples · Billwatch';
    case 'replay':
      return 'Replay, counted · Billwatch';
    case 'bills':
    case 'unknown':
      return 'Billwatch: bills, live';
  }
}
