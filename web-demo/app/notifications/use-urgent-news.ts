import { useCallback, useEffect, useState } from 'react';

import { realTimeService } from '@client/core/realtime';

import { readField } from '../updates/fields';

export interface UrgentNews {
  /** Ids, oldest first. */
  readonly urgent: readonly string[];
  readonly dismiss: (id: string) => void;
}

/** The urgent notifications that came while the page was open and that nobody has dismissed. */
export function useUrgentNews(): UrgentNews {
  const [urgent, setUrgent] = useState<readonly string[]>([]);
  const dismiss = useCallback((id: string) => {
    setUrgent((before) => before.filter((other) => other !== id));
  }, []);
  useEffect(
    () =>
      realTimeService.on('notification', ({ id, priority, data, read }) => {
        const isUrgent = priority === 'critical' || priority === 'high';
        // The gateway marks what it sends again to whoever comes back.
        if (!isUrgent || read || readField(data, 'history') === true) return;
        setUrgent((before) => (before.includes(id) ? before : [...before, id]));
      }),
    [],
  );
  return { urgent, dismiss };
}
