import { useEffect, useRef, useState } from 'react';

/** The value, but changed at most once per interval; the newest always comes in the end. */
export function useCalm<Value>(value: Value, intervalMs: number): Value {
  const [calm, setCalm] = useState(value);
  const changedAt = useRef(-Infinity);
  useEffect(() => {
    if (Object.is(value, calm)) return undefined;
    const waitMs = Math.max(0, changedAt.current + intervalMs - performance.now());
    const timer = setTimeout(() => {
      changedAt.current = performance.now();
      setCalm(() => value);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, calm, intervalMs]);
  return calm;
}
