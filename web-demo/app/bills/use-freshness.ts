import { useState } from 'react';

/**
 * Whether `key` has changed since the component first knew one: then what it stands for is news, and not what was there
 * from the beginning.
 */
export function useFreshness(key: string | null): boolean {
  const [seen, setSeen] = useState({ key, isFresh: false });
  if (seen.key === key) return seen.isFresh;
  const isFresh = seen.key !== null && key !== null;
  setSeen({ key, isFresh });
  return isFresh;
}
