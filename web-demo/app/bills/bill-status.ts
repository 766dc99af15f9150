import { sentenceCase } from '../format/words';
import type { Tone } from '../updates/update-description';

const statuses: Readonly<Record<string, { readonly name: string; readonly tone: Tone }>> = {
  introduced: { name: 'Introduced', tone: 'slate' },
  in_committee: { name: 'In committee', tone: 'blue' },
  reported: { name: 'Reported', tone: 'blue' },
  floor_debate: { name: 'Floor debate', tone: 'amber' },
  passed_house: { name: 'Passed House', tone: 'green' },
  passed_senate: { name: 'Passed Senate', tone: 'green' },
  passed_both: { name: 'Passed both chambers', tone: 'green' },
  passed: { name: 'Passed', tone: 'green' },
  resolving_differences: { name: 'Resolving differences', tone: 'amber' },
  agreed_to: { name: 'Agreed to', tone: 'green' },
  to_president: { name: 'To the President', tone: 'purple' },
  vetoed: { name: 'Vetoed', tone: 'red' },
  signed: { name: 'Became law', tone: 'green' },
};

/** Statuses nobody has heard of are shown as the server calls them. */
export function statusName(status: string): string {
  return known(status)?.name ?? sentenceCase(status);
}

export function statusTone(status: string): Tone {
  return known(status)?.tone ?? 'slate';
}

function known(status: string) {
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined;
}
