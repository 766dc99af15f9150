// Fifty components on twenty bills under StrictMode. Query: gateway, lingerMs.
import { RealTimeProvider, RealTimeService, useBillTracking } from 'civic-realtime';
import { StrictMode, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';

const COMPONENTS = 50;
const BILLS = 20;

const query = new URLSearchParams(location.search);
const service = new RealTimeService({
  websocket: { url: query.get('gateway') ?? '' },
  subscriptions: { lingerMs: Number(query.get('lingerMs')) },
});

/** Committed renders by component. */
const commits = new Array<number>(COMPONENTS).fill(0);

function BillTracker({ index }: { index: number }) {
  const billId = 1 + (index % BILLS);
  const { subscribeToBill, unsubscribeFromBill, getBillUpdates } = useBillTracking();
  useEffect(() => {
    subscribeToBill(billId);
    return () => unsubscribeFromBill(billId);
  }, [billId, subscribeToBill, unsubscribeFromBill]);
  useEffect(() => {
    commits[index] = (commits[index] ?? 0) + 1;
  });
  return <p data-bill={billId}>{getBillUpdates(billId).length}</p>;
}

let root: Root | null = null;
const strictModePage = {
  commits,
  mount() {
    const container = document.getElementById('root');
    if (container === null) throw new Error('index.html has no element #root.');
    root = createRoot(container);
    root.render(
      <StrictMode>
        <RealTimeProvider service={service}>
          {commits.map((_, index) => (
            <BillTracker key={index} index={index} />
          ))}
        </RealTimeProvider>
      </StrictMode>,
    );
  },
  unmount() {
    root?.unmount();
    root = null;
  },
};

declare global {
  interface Window {
    strictModePage: typeof strictModePage;
  }
}
window.strictModePage = strictModePage;
