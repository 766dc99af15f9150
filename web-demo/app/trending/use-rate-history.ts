import { useState } from 'react';

/** How many values are remembered. */
export const historyLength = 60;

interface History {
  readonly at: number | undefined;
  readonly values: readonly number[];
}

/** The values so far, oldest first: one more whenever `at` changed. */
export function useRateHistory(at: number | undefined, value: number): readonly number[] {
  const [history, setHistory] = useState<History>({ at: undefined, values: [] });
  if (at === undefined || at === history.at) return history.values;
  const values = [...history.values, value].slice(-historyLength);
  setHistory({ at, values });
  return values;
}
