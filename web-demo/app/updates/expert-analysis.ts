import { readNumber, readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

export function describeExpertAnalysis(data: Fields): UpdateDescription {
  const expert = readText(data, 'expert') ?? 'An expert';
  const organisation = readText(data, 'organisation') ?? readText(data, 'organization');
  const confidence = readNumber(data, 'confidence');
  return {
    label: 'Expert analysis',
    tone: 'green',
    headline: `${expert}${organisation === undefined ? '' : ` (${organisation})`} published an analysis`,
    quote: readText(data, 'summary') ?? readText(data, 'analysis'),
    detail:
      confidence === undefined
        ? undefined
        : `Stated confidence: ${Math.round(confidence * 100)} %.`,
  };
}
