import type { BillDescription } from '../gateway/bill-description';

/** Whether every word of the search occurs in the bill's number, title, sponsor or committee. */
export function matchesSearch(bill: BillDescription, search: string): boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { number, title, sponsor, committee } = bill;
  // "hr 22" and "hr22" find "H.R. 22" as well.
  const text = plain([number, title, sponsor, committee].join(' '));
  const compact = text.replace(/[.\s]/g, '');
  return (
    words.every((word) => text.includes(word)) ||
    compact.includes(words.join('').replace(/\./g, ''))
  );
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
