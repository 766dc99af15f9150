import type { Standing } from '../bills/standing';

/** The way of a bill to its end, and how far it has come. */
export interface Progress {
  readonly stages: readonly string[];
  /** The stage it is at, counted from 0; -1 when nothing is known. */
  readonly current: number;
  /** It ended there, and not well. */
  readonly isStopped: boolean;
}

/** Everything a number such as `H.Con.Res. 70` says about the way: where it begins, and how far it goes. */
export function progressOf(billNumber: string, standing: Standing | null): Progress {
  const first = billNumber.startsWith('S') ? 'Senate' : 'House';
  const second = first === 'House' ? 'Senate' : 'House';
  const early = ['Introduced', 'In committee', 'On the floor'];
  const stages = /^[HS]\.Res\./.test(billNumber)
    ? [...early, 'Agreed to']
    : /Con\.Res\./.test(billNumber)
      ? [...early, `Passed ${first}`, second, 'Agreed to']
      : [...early, `Passed ${first}`, second, 'President', 'Law'];
  if (standing?.status === 'vetoed') {
    return {
      stages: [...stages.slice(0, -1), 'Vetoed'],
      current: stages.length - 1,
      isStopped: true,
    };
  }
  return { stages, current: stageOf(standing, stages.length - 1, second), isStopped: false };
}

function stageOf(standing: Standing | null, last: number, second: string): number {
  // In the second chamber it goes through committee and floor once more.
  const inSecond = standing?.chamber === second;
  switch (standing?.status) {
    case 'introduced':
      return 0;
    case 'in_committee':
    case 'reported':
      return inSecond ? 4 : 1;
    case 'floor_debate':
      return inSecond ? 4 : 2;
    case 'passed':
    case 'passed_house':
    case 'passed_senate':
      return Math.min(3, last);
    case 'passed_both':
    case 'resolving_differences':
      return Math.min(4, last);
    case 'to_president':
      return Math.min(5, last);
    case 'agreed_to':
    case 'signed':
      return last;
    default:
      return -1;
  }
}
