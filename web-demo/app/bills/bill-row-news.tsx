import type { Zone } from '../format/dates';
import type { BillDescription } from '../gateway/bill-description';
import { BillRowLatest } from './bill-row-latest';
import { useCalmUpdates } from './use-calm-updates';

export interface BillRowNewsProps {
  readonly bill: BillDescription;
  readonly zone: Zone;
}

/** Reads its own bill and nothing else, so that other bills never render it. */
export function BillRowNews({ bill, zone }: BillRowNewsProps) {
  return <BillRowLatest bill={bill} zone={zone} updates={useCalmUpdates(bill.id)} />;
}
