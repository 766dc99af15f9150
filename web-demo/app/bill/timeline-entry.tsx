import { memo } from 'react';

import type { BillUpdate } from '@client/core/realtime';

import { formatTime, momentOf, type Zone } from '../format/dates';
import { describeUpdate } from '../updates/describe-update';
import { updateKey } from '../updates/update-key';
import styles from './timeline-entry.module.css';

export interface TimelineEntryProps {
  readonly update: BillUpdate;
  readonly zone: Zone;
}

/** One update. The package keeps unchanged updates the same objects, so an entry renders once. */
export const TimelineEntry = memo(function TimelineEntry({ update, zone }: TimelineEntryProps) {
  const { label, tone, headline, detail, quote, link } = describeUpdate(update);
  const moment = momentOf(update.timestamp);
  const time = moment === null ? null : formatTime(moment, zone);
  return (
    <li
      className={styles.entry}
      data-tone={tone}
      data-update-type={update.type}
      data-event-id={updateKey(update)}
    >
      <p className={styles.meta}>
        <span className={styles.label}>{label}</span>
        {moment !== null && time !== null && <time dateTime={moment.toISOString()}>{time}</time>}
      </p>
      <p className={styles.headline}>{headline}</p>
      {quote !== undefined && <blockquote className={styles.quote}>{quote}</blockquote>}
      {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      {link !== undefined && (
        <p className={styles.detail}>
          <a href={link.url} rel="noreferrer" target="_blank">
            {link.text}
            <span className="visually-hidden"> (opens in a new tab)</span>
          </a>
        </p>
      )}
    </li>
  );
});
