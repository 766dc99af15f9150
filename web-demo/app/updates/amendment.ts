import { sentenceCase } from '../format/words';
import { readField, readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

export function describeAmendment(data: Fields): UpdateDescription {
  const name = readText(data, 'amendment_number') ?? readText(data, 'amendment_id');
  const sponsor = readText(data, 'sponsor');
  const amends = readText(data, 'amends');
  const subject = name === undefined ? 'An amendment' : `Amendment ${name}`;
  const by = sponsor === undefined ? 'was submitted' : `offered by ${sponsor}`;
  return {
    label: 'Amendment',
    tone: 'purple',
    headline: `${subject} ${by}${amends === undefined ? '' : `, to amend ${amends}`}`,
    detail: join(
      readText(data, 'purpose') ?? readText(data, 'description'),
      outcome(data) ?? latestAction(data),
    ),
  };
}

function outcome(data: Fields): string | undefined {
  const text = readText(data, 'outcome');
  return text === undefined || text === 'offered' ? undefined : `${sentenceCase(text)}.`;
}

function latestAction(data: Fields): string | undefined {
  const action = readField(data, 'latest_action');
  if (typeof action !== 'object' || action === null) return undefined;
  return readText(action as Fields, 'text');
}

function join(...sentences: (string | undefined)[]): string | undefined {
  const given = sentences.filter((sentence) => sentence !== undefined);
  return given.length === 0 ? undefined : given.join(' ');
}
