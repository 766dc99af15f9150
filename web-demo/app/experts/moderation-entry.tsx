import type { ModerationEvent } from '@client/core/realtime';

import { formatMoment, momentOf } from '../format/dates';
import { sentenceCase } from '../format/words';
import { billAddress } from '../routing/route';
import { readField, readNumber, readText } from '../updates/fields';
import styles from './entry.module.css';

export interface ModerationEntryProps {
  readonly event: ModerationEvent;
  readonly numberOf: (billId: number | undefined) => string | null;
}

/** One thing a moderator did. */
export function ModerationEntry({ event, numberOf }: ModerationEntryProps) {
  const { targetId, data, timestamp } = event;
  const moment = momentOf(timestamp);
  const action = readText(data, 'action');
  const reason = readText(data, 'reason');
  const billId = readNumber(data, 'bill_id');
  return (
    <li className={styles.entry} data-moderation={targetId}>
      <p className={styles.meta}>
        <strong className={styles.name}>
          {action === undefined ? 'Moderated' : sentenceCase(action)}
          {reason !== undefined && `: ${reason}`}
        </strong>
        {readField(data, 'simulated') === true && <span className={styles.tag}>simulated</span>}
        {moment !== null && (
          <time className={styles.time} dateTime={moment.toISOString()}>
            {formatMoment(moment, 'local')}
          </time>
        )}
      </p>
      <p className={styles.detail}>
        <span>A comment{billId === undefined ? '' : ' on'}</span>
        {billId !== undefined && (
          <a href={billAddress(billId)}>{numberOf(billId) ?? `Bill ${billId}`}</a>
        )}
      </p>
    </li>
  );
}
