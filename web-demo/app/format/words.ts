const wholeNumber = new Intl.NumberFormat('en-US');
const shortNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `in_committee` → `In committee`. */
export function sentenceCase(name: string): string {
  const words = name.replace(/[_\s]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 view`, `2,345 views`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** With one digit after the point while it says something. */
export function formatRate(rate: number): string {
  return rate >= 100 ? wholeNumber.format(Math.round(rate)) : shortNumber.format(rate);
}

/** `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 1_000_000) return `${shortNumber.format(bytes / 1000)} kB`;
  return `${shortNumber.format(bytes / 1_000_000)} MB`;
}

const ordinalRules = new Intl.PluralRules('en-US', { type: 'ordinal' });
const ordinalEndings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `114` → `114th`. */
export function ordinal(number: number): string {
  return `${number}${ordinalEndings[ordinalRules.select(number)] ?? 'th'}`;
}

const lists = new Intl.ListFormat('en-US', { type: 'conjunction' });

/** `Ana`, `Ana and Ben`, `Ana, Ben, and 3 others`. */
export function joinWords(words: readonly string[]): string {
  return lists.format(words);
}
