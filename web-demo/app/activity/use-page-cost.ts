import { useEffect, useState } from 'react';

import { canWatchLongTasks, noLongTasks, watchLongTasks, type LongTasks } from './long-tasks';
import { watchScriptTime } from './script-time';

/** What this page costs its main thread. Undefined: not measured yet. Null: this browser cannot tell. */
export interface PageCost {
  /** The share of time in which scripts ran, 0 to 1, over the last ten seconds. */
  readonly scriptShare: number | null | undefined;
  readonly longTasks: LongTasks | null;
}

const intervalMs = 1000;

/** Measures while the component is there; the component's own work is in the figures. */
export function usePageCost(): PageCost {
  const [scriptShare, setScriptShare] = useState<PageCost['scriptShare']>();
  const [longTasks, setLongTasks] = useState<LongTasks | null>(() =>
    canWatchLongTasks() ? noLongTasks : null,
  );

  useEffect(() => {
    let stop: (() => void) | null = null;
    // Beginning to profile is itself work, which can wait until the page is there.
    const timer = setTimeout(() => {
      stop = watchScriptTime(setScriptShare);
      if (stop === null) setScriptShare(null);
    }, intervalMs);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, []);

  useEffect(() => {
    if (!canWatchLongTasks()) return undefined;
    const { recent, stop } = watchLongTasks();
    const timer = setInterval(() => {
      setLongTasks((before) => {
        const now = recent();
        return before?.count === now.count && before.totalMs === now.totalMs ? before : now;
      });
    }, intervalMs);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);

  return { scriptShare, longTasks };
}
