import { useCalmUpdates } from '../bills/use-calm-updates';
import { useStanding } from '../bills/use-standing';
import type { BillDescription } from '../gateway/bill-description';
import { StageProgress } from './stage-progress';

/** How far the bill has come. */
export function LiveProgress({ bill }: { bill: BillDescription }) {
  const standing = useStanding(bill, useCalmUpdates(bill.id));
  return <StageProgress billNumber={bill.number} standing={standing} />;
}
