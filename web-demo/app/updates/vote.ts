import { formatDate } from '../format/dates';
import { readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

/** A vote that is set for a day, or one that was taken by roll call. */
export function describeVote(data: Fields): UpdateDescription {
  const chamber = readText(data, 'chamber');
  const where = chamber === undefined ? '' : ` in the ${chamber}`;
  const rollNumber = readText(data, 'roll_number');
  if (rollNumber !== undefined) {
    const url = readText(data, 'url');
    return {
      label: 'Recorded vote',
      tone: 'amber',
      headline: `Roll call vote ${rollNumber}${where}`,
      detail: readText(data, 'question'),
      link:
        url !== undefined && isWebAddress(url)
          ? { url, text: 'See how everyone voted' }
          : undefined,
    };
  }
  const date = readText(data, 'date') ?? readText(data, 'vote_date');
  return {
    label: 'Vote scheduled',
    tone: 'amber',
    headline:
      date === undefined
        ? `A vote${where} is scheduled`
        : `A vote${where} is set for ${formatDate(date)}`,
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
