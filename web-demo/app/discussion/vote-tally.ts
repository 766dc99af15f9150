import type { VoteType, VoteUpdate } from '@client/core/realtime';

import { readField, readNumber, readText, type Fields } from '../updates/fields';
import { isOwnReference } from '../visitor/visitor';

export interface VoteTally {
  readonly support: number;
  readonly neutral: number;
  readonly oppose: number;
}

export const voteTypes = ['support', 'neutral', 'oppose'] as const satisfies readonly VoteType[];

export const voteWords: Readonly<Record<VoteType, string>> = {
  support: 'Support',
  neutral: 'Neutral',
  oppose: 'Oppose',
};

/** From votes, newest first: as the server counted them, or, where it does not, one vote of everybody who is known. */
export function tallyOf(votes: readonly VoteUpdate[]): VoteTally {
  for (const { data } of votes) {
    const counts = readField(data, 'counts');
    if (typeof counts === 'object' && counts !== null) {
      const count = (type: VoteType): number => readNumber(counts as Fields, type) ?? 0;
      return { support: count('support'), neutral: count('neutral'), oppose: count('oppose') };
    }
  }
  const tally = { support: 0, neutral: 0, oppose: 0 };
  const seen = new Set<unknown>();
  for (const { userId, voteType } of votes) {
    if (seen.has(userId)) continue;
    seen.add(userId);
    tally[voteType] += 1;
  }
  return tally;
}

/** The visitor's newest vote; null when there is none. */
export function ownVote(
  votes: readonly VoteUpdate[],
): { type: VoteType; reference: string } | null {
  for (const { data, voteType } of votes) {
    const reference = readText(data, 'reference');
    if (reference !== undefined && isOwnReference(reference)) return { type: voteType, reference };
  }
  return null;
}
