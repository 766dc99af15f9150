import type { Timestamp } from '@client/core/realtime';

import { momentOf } from '../format/dates';
import { Moment } from '../page/moment';
import { readField, type Fields } from '../updates/fields';
import styles from './entry.module.css';

export interface EntryHeadProps {
  readonly name: string;
  /** Whom the name stands for, if that is known. */
  readonly organisation?: string | undefined;
  readonly data: Fields;
  readonly timestamp: Timestamp;
}

/** Who or what an entry is about, and when it was. */
export function EntryHead({ name, organisation, data, timestamp }: EntryHeadProps) {
  return (
    <p className={styles.meta}>
      <strong className={styles.name}>{name}</strong>
      {organisation !== undefined && <span>{organisation}</span>}
      {readField(data, 'simulated') === true && <span className={styles.tag}>simulated</span>}
      <Moment at={momentOf(timestamp)} className={styles.time} />
    </p>
  );
}
