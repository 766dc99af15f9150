import { useState } from 'react';

import type { BillDescription } from '../gateway/bill-description';
import { BillExample } from './bill-example';
import { FollowedBill } from './blocks/memory-leaks';
import source from './blocks/memory-leaks.tsx?raw';

/** A component that follows its bill while it is mounted, with a switch. */
export function MemoryLeaksExample({ bills }: { bills: readonly BillDescription[] }) {
  const [isMounted, setIsMounted] = useState(false);
  return (
    <BillExample
      name="memory-leaks"
      title="Troubleshooting: memory leaks"
      intro="A component follows its bill by the service while it is mounted, and lets go of it when it is not."
      source={source}
      bills={bills}
      first={1}
    >
      {(billId) => (
        <>
          <button
            type="button"
            className="button"
            onClick={() => {
              setIsMounted(!isMounted);
            }}
          >
            {isMounted ? 'Unmount the component' : 'Mount the component'}
          </button>
          {isMounted && <FollowedBill billId={billId} />}
        </>
      )}
    </BillExample>
  );
}
