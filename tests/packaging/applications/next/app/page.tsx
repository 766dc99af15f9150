import { BillTracker } from '../source/bill-tracker';

// Rendered anew for every request.
export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <main>
      <BillTracker billId={1} />
    </main>
  );
}
