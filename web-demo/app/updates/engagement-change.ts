import { counted } from '../format/words';
import { readNumber, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

const counts = [
  ['view_count', 'view'],
  ['comment_count', 'comment'],
  ['save_count', 'save'],
  ['share_count', 'share'],
] as const;

export function describeEngagementChange(data: Fields): UpdateDescription {
  const parts = counts.flatMap(([field, noun]) => {
    const count = readNumber(data, field);
    return count === undefined ? [] : [counted(count, noun)];
  });
  return {
    label: 'Attention',
    tone: 'slate',
    headline: parts.length === 0 ? 'Engagement changed' : `Now at ${parts.join(', ')}`,
  };
}
