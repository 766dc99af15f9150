import { Notice } from '../page/notice';
import { billsAddress } from '../routing/route';

export function UnknownBill({ billId }: { billId: number }) {
  return (
    <Notice
      tone="plain"
      title="This bill is not here"
      actions={
        <a className="button" href={billsAddress}>
          All bills
        </a>
      }
    >
      <p>
        The gateway has no bill with the number {billId}. It may have been started with other bills.
      </p>
    </Notice>
  );
}
