import { EngineError } from '../engine/engine-error.js';
import type { BillId } from '../types.js';

/** The number of a bill, or null when it is none: bills have whole numbers, which may come as digits. */
export function readBillId(id: BillId): number | null {
  const number = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : null;
}

/** As `readBillId`; throws for what is no bill's number. */
export function requireBillId(id: BillId): number {
  const number = readBillId(id);
  if (number !== null) return number;
  throw new EngineError(
    'invalid-argument',
    `A bill's id is a whole number, or digits; got ${typeof id === 'string' ? JSON.stringify(id) : String(id)}.`,
  );
}

export function billTopic(bill: number): string {
  return `bill:${bill}`;
}
