import { readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

export function describeComment(data: Fields): UpdateDescription {
  const author = readText(data, 'author') ?? readText(data, 'user_name') ?? 'Somebody';
  return {
    label: 'Comment',
    tone: 'blue',
    headline: `${author} commented`,
    quote: readText(data, 'text') ?? readText(data, 'content') ?? readText(data, 'comment'),
  };
}
