import { RealTimeProvider, useBillTracking } from 'civic-realtime';
import { useEffect } from 'react';

import { useBillCard } from './bill-card.js';
import { connectedService, subjectOf, type EngineHost } from './civic-realtime.js';
import type { StartView } from './subject.js';

function BillCard({ bill }: { readonly bill: number }) {
  const { subscribeToBill, getBillUpdates } = useBillTracking();
  useEffect(() => subscribeToBill(bill), [bill, subscribeToBill]);
  return useBillCard({ bill, updates: getBillUpdates(bill) });
}

/** Every card follows its bill; the page's other bills are followed without being shown. */
export function civicRealtimeView(host: EngineHost): StartView {
  return async (options, shown, render) => {
    const service = await connectedService(options, host);
    const tracking = service.getBillTrackingService();
    for (let bill = 1; bill <= options.bills; ++bill) tracking.subscribeToBill(bill);
    render(
      <RealTimeProvider service={service}>
        {shown.map((bill) => (
          <BillCard key={bill} bill={bill} />
        ))}
      </RealTimeProvider>,
    );
    return subjectOf(service);
  };
}
