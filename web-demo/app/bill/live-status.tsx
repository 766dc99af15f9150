import { StatusBadge } from '../bills/status-badge';
import { useCalmUpdates } from '../bills/use-calm-updates';
import { useStanding } from '../bills/use-standing';
import type { BillDescription } from '../gateway/bill-description';

/** Where the bill stands now, in a word. */
export function LiveStatus({ bill }: { bill: BillDescription }) {
  const standing = useStanding(bill, useCalmUpdates(bill.id));
  return <StatusBadge status={standing?.status ?? null} />;
}
