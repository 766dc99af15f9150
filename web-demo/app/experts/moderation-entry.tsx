import type { ModerationEvent } from '@client/core/realtime';

import { sentenceCase } from '../format/words';
import { billAddress } from '../routing/route';
import { readNumber, readText } from '../updates/fields';
import { EntryHead } from './entry-head';
import styles from './entry.module.css';

export interface ModerationEntryProps {
  readonly event: ModerationEvent;
  readonly numberOf: (billId: number | undefined) => string | null;
}

/** One thing a moderator did. */
export function ModerationEntry({ event, numberOf }: ModerationEntryProps) {
  const { targetId, data, timestamp } = event;
  const action = readText(data, 'action');
  const what = action === undefined ? 'Moderated' : sentenceCase(action);
  const reason = readText(data, 'reason');
  const billId = readNumber(data, 'bill_id');
  return (
    <li className={styles.entry} data-moderation={targetId}>
      <EntryHead
        name={reason === undefined ? what : `${what}: ${reason}`}
        data={data}
        timestamp={timestamp}
      />
      <p className={styles.detail}>
        <span>A comment{billId === undefined ? '' : ' on'}</span>
        {billId !== undefined && (
          <a href={billAddress(billId)}>{numberOf(billId) ?? `Bill ${billId}`}</a>
        )}
      </p>
    </li>
  );
}
