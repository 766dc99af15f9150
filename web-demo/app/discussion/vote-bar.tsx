import type { VoteType } from '@client/core/realtime';

import styles from './vote-bar.module.css';
import { voteTypes, type VoteTally } from './vote-tally';

/** The share of each side. The numbers are on the buttons, so this is for the eye alone. */
export function VoteBar({ tally }: { tally: VoteTally }) {
  const total = tally.support + tally.neutral + tally.oppose;
  const share = (type: VoteType): number => (total === 0 ? 0 : (tally[type] / total) * 100);
  const starts = { support: 0, neutral: share('support'), oppose: 100 - share('oppose') };
  return (
    <svg
      className={styles.bar}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {voteTypes.map((type) => (
        <rect
          key={type}
          className={styles[type]}
          x={starts[type]}
          y="0"
          width={share(type)}
          height="4"
        />
      ))}
    </svg>
  );
}
