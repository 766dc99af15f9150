import { sentenceCase } from '../format/words';
import type { Tone } from '../updates/update-description';

interface StatusWords {
  /** The status. */
  readonly name: string;
  /** Getting there, as a sentence without its full stop. */
  readonly event: string;
  readonly tone: Tone;
}

const statuses: Readonly<Record<string, StatusWords>> = {
  introduced: { name: 'Introduced', tone: 'slate', event: 'Introduced' },
  in_committee: { name: 'In committee', tone: 'blue', event: 'Referred to committee' },
  reported: { name: 'Reported', tone: 'blue', event: 'Reported by committee' },
  floor_debate: { name: 'Floor debate', tone: 'amber', event: 'Debate on the floor began' },
  passed_house: { name: 'Passed House', tone: 'green', event: 'Passed the House' },
  passed_senate: { name: 'Passed Senate', tone: 'green', event: 'Passed the Senate' },
  passed_both: { name: 'Passed both chambers', tone: 'green', event: 'Passed both chambers' },
  passed: { name: 'Passed', tone: 'green', event: 'Passed' },
  resolving_differences: {
    name: 'Resolving differences',
    tone: 'amber',
    event: 'The chambers began to resolve their differences',
  },
  agreed_to: { name: 'Agreed to', tone: 'green', event: 'Agreed to' },
  to_president: { name: 'To the President', tone: 'purple', event: 'Sent to the President' },
  vetoed: { name: 'Vetoed', tone: 'red', event: 'Vetoed by the President' },
  signed: { name: 'Became law', tone: 'green', event: 'Became law' },
};

/** Statuses nobody has heard of are shown as the server calls them. */
export function statusName(status: string): string {
  return known(status)?.name ?? sentenceCase(status);
}

/** What happened when a bill got this status. */
export function statusEvent(status: string): string {
  return known(status)?.event ?? `New status: ${sentenceCase(status)}`;
}

export function statusTone(status: string): Tone {
  return known(status)?.tone ?? 'slate';
}

function known(status: string): StatusWords | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined;
}
