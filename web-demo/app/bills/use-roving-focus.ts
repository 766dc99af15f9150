import { useState, type FocusEvent, type KeyboardEvent } from 'react';

export interface RovingFocus {
  /** The bill whose row the Tab key reaches. */
  readonly tabStop: number | null;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** One tab stop for a whole list; arrow keys, Home and End move within it. Its items have `data-bill-id` and a link. */
export function useRovingFocus(bills: readonly number[], preferred: number | null): RovingFocus {
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = focused ?? preferred;
  const tabStop = wanted !== null && bills.includes(wanted) ? wanted : (bills[0] ?? null);
  return {
    tabStop,
    onFocus: (event) => {
      const item = event.target.closest<HTMLElement>('[data-bill-id]');
      if (item !== null) setFocused(Number(item.dataset['billId']));
    },
    onKeyDown: (event) => {
      const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-bill-id] > a')];
      const from = links.indexOf(document.activeElement as HTMLElement);
      if (from === -1 || event.altKey || event.ctrlKey || event.metaKey) return;
      const to = targetOf(event.key, from, links.length - 1);
      if (to === null) return;
      event.preventDefault();
      links[to]?.focus();
    },
  };
}

function targetOf(key: string, from: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
