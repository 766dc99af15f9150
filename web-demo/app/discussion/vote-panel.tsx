import { useState } from 'react';

import type { CommunityRealTime, VoteType, VoteUpdate } from '@client/core/realtime';

import { counted, formatCount } from '../format/words';
import { currentVisitor, newReference } from '../visitor/visitor';
import { VoteBar } from './vote-bar';
import styles from './vote-panel.module.css';
import { ownVote, tallyOf, voteTypes, voteWords } from './vote-tally';

export interface VotePanelProps {
  readonly billId: number;
  /** Newest first. */
  readonly votes: readonly VoteUpdate[];
  readonly sendVoteUpdate: CommunityRealTime['sendVoteUpdate'];
}

interface Pending {
  readonly type: VoteType;
  readonly reference: string;
  readonly hasFailed: boolean;
}

/** What people think of the bill, and what the visitor does. */
export function VotePanel({ billId, votes, sendVoteUpdate }: VotePanelProps) {
  const [latest, setLatest] = useState<Pending | null>(null);
  const own = ownVote(votes);
  const tally = tallyOf(votes);
  const pending = latest === null || latest.reference === own?.reference ? null : latest;
  const chosen = pending?.hasFailed === false ? pending.type : own?.type;
  const total = tally.support + tally.neutral + tally.oppose;

  const vote = (type: VoteType): void => {
    const reference = newReference();
    setLatest({ type, reference, hasFailed: false });
    const { name } = currentVisitor();
    sendVoteUpdate(billId, {
      voteType: type,
      reference,
      ...(name.trim() === '' ? {} : { userName: name.trim() }),
    }).catch(() => {
      setLatest((now) => (now?.reference === reference ? { ...now, hasFailed: true } : now));
    });
  };

  return (
    <div className={styles.panel} data-votes="" data-pending={pending !== null}>
      <fieldset className={styles.choices}>
        <legend className={styles.legend}>Where do you stand?</legend>
        {voteTypes.map((type) => (
          <button
            key={type}
            type="button"
            className={styles.choice}
            data-vote={type}
            aria-pressed={chosen === type}
            onClick={() => {
              if (chosen !== type) vote(type);
            }}
          >
            <span>{voteWords[type]}</span>{' '}
            <strong data-tally={type}>{formatCount(tally[type])}</strong>
          </button>
        ))}
      </fieldset>
      <VoteBar tally={tally} />
      <p className={styles.note} role="status">
        {pending === null
          ? total === 0
            ? 'Nobody has voted yet.'
            : counted(total, 'vote')
          : pending.hasFailed
            ? 'Your vote could not be sent. Please try again.'
            : 'Sending your vote…'}
      </p>
    </div>
  );
}
