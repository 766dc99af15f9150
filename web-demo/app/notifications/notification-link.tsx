import type { RealTimeNotification } from '@client/core/realtime';

import { billAddress } from '../routing/route';
import { readNumber } from '../updates/fields';
import { markRead } from './changes';

export interface NotificationLinkProps {
  readonly notification: RealTimeNotification;
  readonly onLeave?: () => void;
}

/** The way to the bill a notification is about, if it is about one. Who goes there has read it. */
export function NotificationLink({ notification: { id, data }, onLeave }: NotificationLinkProps) {
  const billId = readNumber(data, 'bill_id');
  if (billId === undefined) return null;
  return (
    <a
      href={billAddress(billId)}
      onClick={() => {
        markRead(id);
        onLeave?.();
      }}
    >
      Open the bill
    </a>
  );
}
