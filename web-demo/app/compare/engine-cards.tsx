import { useEffect } from 'react';

import { realTimeService, useBillTracking } from '@client/core/realtime';

import { useBillSubscription } from '../bills/use-bill-subscription';
import type { BillDescription } from '../gateway/bill-description';
import type { CardsProps } from './cards';
import { ComparisonCard } from './comparison-card';

/** The cards, fed by the package: each reads its own bill, and the engine's counter says what came. */
export function EngineCards({ shown, followed, onCounter }: CardsProps) {
  useEffect(() => {
    onCounter(() => realTimeService.getStats().counters.recordsStored);
  }, [onCounter]);
  return (
    <>
      {shown.map((bill) => (
        <EngineCard key={bill.id} bill={bill} />
      ))}
      {followed.slice(shown.length).map((bill) => (
        <Follow key={bill.id} billId={bill.id} />
      ))}
    </>
  );
}

function EngineCard({ bill }: { readonly bill: BillDescription }) {
  const tracking = useBillTracking();
  useBillSubscription(tracking, bill.id);
  return <ComparisonCard bill={bill} updates={tracking.getBillUpdates(bill.id)} />;
}

/** Follows a bill that nobody sees, as the other receiver does. */
function Follow({ billId }: { readonly billId: number }) {
  useBillSubscription(useBillTracking(), billId);
  return null;
}
