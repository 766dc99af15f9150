// One bill of a service that records and logs, with the devtools open. Query: gateway, bill, token.
import { RealTimeProvider, RealTimeService, useBillTracking } from 'civic-realtime';
import { RealTimeDevtools } from 'civic-realtime/devtools';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(location.search);
const billId = Number(query.get('bill'));
const service = new RealTimeService({
  websocket: {
    url: query.get('gateway') ?? '',
    reconnect: { delay: 50, maxDelay: 200, maxAttempts: 10_000 },
    recording: { enabled: true },
  },
  logging: { level: 'debug' },
});

function Bill() {
  const { subscribeToBill, unsubscribeFromBill, getBillUpdates } = useBillTracking();
  useEffect(() => {
    subscribeToBill(billId);
    return () => unsubscribeFromBill(billId);
  }, [subscribeToBill, unsubscribeFromBill]);
  return getBillUpdates(billId).map((update, index) => <p key={index}>{update.type}</p>);
}

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element #root.');
createRoot(container).render(
  <StrictMode>
    <RealTimeProvider service={service}>
      <Bill />
      <RealTimeDevtools initiallyOpen />
    </RealTimeProvider>
  </StrictMode>,
);
await service.initialize(query.get('token') ?? undefined);
