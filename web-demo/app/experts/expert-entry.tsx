import type { ExpertActivity } from '@client/core/realtime';

import { sentenceCase } from '../format/words';
import { billAddress } from '../routing/route';
import { readText } from '../updates/fields';
import { EntryHead } from './entry-head';
import styles from './entry.module.css';

export interface ExpertEntryProps {
  readonly activity: ExpertActivity;
  readonly numberOf: (billId: number | undefined) => string | null;
}

/** One thing an expert did. */
export function ExpertEntry({ activity, numberOf }: ExpertEntryProps) {
  const { expertId, billId, data, timestamp } = activity;
  const said = readText(data, 'summary') ?? readText(data, 'text') ?? readText(data, 'analysis');
  const action = readText(data, 'action');
  return (
    <li className={styles.entry} data-expert={expertId}>
      <EntryHead
        name={readText(data, 'name') ?? String(expertId)}
        organisation={readText(data, 'organisation') ?? readText(data, 'organization')}
        data={data}
        timestamp={timestamp}
      />
      {said !== undefined && <p>{said}</p>}
      <p className={styles.detail}>
        {action !== undefined && <span>{actionWords[action] ?? sentenceCase(action)}</span>}
        {billId !== null && (
          <a href={billAddress(billId)}>{numberOf(billId) ?? `Bill ${billId}`}</a>
        )}
      </p>
    </li>
  );
}

const actionWords: Readonly<Record<string, string>> = {
  joined: 'Joined the discussion of',
  commented: 'Commented on',
};
